-- Version 4: private rooms and direct messages. Secrets lie here as everything else of the profile does: in a file of its owner alone.

-- What makes a room private: the other account of direct messages, or the genesis of a room. A room that is known by its entries only (a hub's) has no row.
CREATE TABLE private_rooms (
    room    INTEGER PRIMARY KEY,        -- rooms.no
    peer    BLOB,                       -- direct messages: with whom
    genesis BLOB,                       -- else: how the room began
    inviter BLOB,                       -- whose word it is that this account is in the room, until its commits say so
    title   TEXT                        -- what people call the room, once it is known
) STRICT;

CREATE TABLE epochs (
    room   INTEGER NOT NULL,
    epoch  BLOB    NOT NULL,            -- id of the commit
    secret BLOB    NOT NULL,
    PRIMARY KEY (room, epoch)
) STRICT, WITHOUT ROWID;

-- Keys that this copy of the profile took secrets with. The one that was not replaced is the current one.
CREATE TABLE prekeys (
    secret      BLOB    PRIMARY KEY,
    made_at     INTEGER NOT NULL,
    replaced_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The newest list seen of each account, one's own included.
CREATE TABLE device_lists (
    account BLOB    PRIMARY KEY,
    list    BLOB    NOT NULL,
    counter INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who has not said yet that he has heard of a room.
CREATE TABLE invites (
    room    INTEGER NOT NULL,
    account BLOB    NOT NULL,
    PRIMARY KEY (room, account)
) STRICT, WITHOUT ROWID;

ALTER TABLE entries ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0; -- 1: its body was not opened here
ALTER TABLE entries ADD COLUMN opened BLOB;                       -- what a sealed body says: extensions and text
CREATE INDEX entries_sealed ON entries (room) WHERE sealed = 1;
CREATE INDEX entries_commit ON entries (room, pos) WHERE kind = 7;
