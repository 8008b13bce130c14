-- Store of one space of one profile, version 1. Shared by the processes of the profile (WAL).
-- Ids are 16-byte blobs, times Unix milliseconds, stamps (hlc, sort) hybrid clocks that fit a signed 64-bit integer.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rooms (
    no       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    joined   INTEGER NOT NULL,          -- order in which it was joined; 0 when left
    baseline INTEGER NOT NULL DEFAULT 0 -- when the room's logs were first learnt; 0 before
) STRICT;

-- Device cards of everybody whose entries or presence counted here.
CREATE TABLE devices (
    device  BLOB    PRIMARY KEY,
    card    BLOB    NOT NULL,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which account a name belongs to here. Never evicted silently.
CREATE TABLE pins (
    name    TEXT    PRIMARY KEY,
    account BLOB    NOT NULL,
    since   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE logs (
    room      INTEGER NOT NULL,
    device    BLOB    NOT NULL,
    account   BLOB    NOT NULL,
    base      INTEGER NOT NULL,         -- below lies the past: paged on demand, never a gap
    closed_at INTEGER,                  -- lowest place with two valid entries
    PRIMARY KEY (room, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    pos         INTEGER PRIMARY KEY,    -- order of arrival here
    id          BLOB    NOT NULL UNIQUE,
    room        INTEGER NOT NULL,
    device      BLOB    NOT NULL,       -- 16 zero bytes for guests
    seq         INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    sort        INTEGER NOT NULL,       -- the author's hlc, or the stamp of first sight when that was not believable
    received_at INTEGER NOT NULL,
    shown       INTEGER NOT NULL,       -- 1: a line of the conversation; 0: it amends one, or is a card
    target      BLOB,                   -- what it is about
    header      BLOB    NOT NULL,       -- as received; empty for guests
    signature   BLOB    NOT NULL,       -- as received; empty for guests
    body        BLOB,                   -- null once deleted
    body_hash   BLOB,                   -- only when body is null
    guest       TEXT,                   -- a guest's name
    sources     TEXT                    -- which connections saw a guest's line (a copy from another source pairs with it)
) STRICT;

CREATE INDEX entries_log ON entries (room, device, seq);
CREATE INDEX entries_line ON entries (room, sort, device, seq) WHERE shown = 1;
CREATE INDEX entries_target ON entries (target) WHERE target IS NOT NULL;

CREATE TABLE outbox (
    no      INTEGER PRIMARY KEY,        -- made of time and slot
    slot    INTEGER NOT NULL,
    room    INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    target  BLOB,                       -- the entry it is about, or the number (8 bytes) of the row that is to become it
    action  INTEGER NOT NULL,
    off     INTEGER NOT NULL,
    body    BLOB    NOT NULL,
    made_at INTEGER NOT NULL,
    state   INTEGER NOT NULL,           -- 0 queued, 1 sent, 3 failed; a held row is deleted
    problem INTEGER,
    device  BLOB,                       -- set with seq and entry when numbered
    seq     INTEGER,
    entry   BLOB
) STRICT;

-- Contentless: the words only. Filled behind the writes, up to meta 'indexed' (a pos).
CREATE VIRTUAL TABLE lines USING fts5 (text, content = '', tokenize = "unicode61 remove_diacritics 2");
INSERT INTO lines (lines, rank) VALUES ('secure-delete', 1);
