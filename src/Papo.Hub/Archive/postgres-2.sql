-- Version 2: private rooms and direct messages (Papo.Client, schema-4.sql). A hub opens nothing and has no part in them; the tables are there because
-- the store is the same.

CREATE TABLE private_rooms (
    room    bigint PRIMARY KEY,
    peer    bytea,
    genesis bytea,
    inviter bytea,
    title   text
);

CREATE TABLE epochs (
    room   bigint NOT NULL,
    epoch  bytea  NOT NULL,
    secret bytea  NOT NULL,
    PRIMARY KEY (room, epoch)
);

CREATE TABLE prekeys (
    secret      bytea  PRIMARY KEY,
    made_at     bigint NOT NULL,
    replaced_at bigint NOT NULL DEFAULT 0
);

CREATE TABLE device_lists (
    account bytea  PRIMARY KEY,
    list    bytea  NOT NULL,
    counter bigint NOT NULL
);

CREATE TABLE invites (
    room    bigint NOT NULL,
    account bytea  NOT NULL,
    PRIMARY KEY (room, account)
);

ALTER TABLE entries ADD COLUMN sealed bigint NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN opened bytea;
CREATE INDEX entries_commit ON entries (room, pos) WHERE kind = 7;
