-- The archive of one space in a schema of its own, version 1. The same tables as in a file (Papo.Client, schema-1.sql and schema-2.sql), and an
-- index of words that PostgreSQL can search.

CREATE TABLE meta (
    key   text  PRIMARY KEY,
    value bytea NOT NULL
);

CREATE TABLE rooms (
    no       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     text   NOT NULL UNIQUE,
    joined   bigint NOT NULL,
    baseline bigint NOT NULL DEFAULT 0
);

CREATE TABLE devices (
    device  bytea  PRIMARY KEY,
    card    bytea  NOT NULL,
    made_at bigint NOT NULL
);

CREATE TABLE pins (
    name    text   COLLATE "C" PRIMARY KEY,
    account bytea  NOT NULL,
    since   bigint NOT NULL
);

CREATE TABLE logs (
    room      bigint NOT NULL,
    device    bytea  NOT NULL,
    account   bytea  NOT NULL,
    base      bigint NOT NULL,
    closed_at bigint,
    PRIMARY KEY (room, device)
);

CREATE TABLE entries (
    pos         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          bytea  NOT NULL UNIQUE,
    room        bigint NOT NULL,
    device      bytea  NOT NULL,
    seq         bigint NOT NULL,
    kind        bigint NOT NULL,
    sort        bigint NOT NULL,
    received_at bigint NOT NULL,
    shown       bigint NOT NULL,
    target      bytea,
    header      bytea  NOT NULL,
    signature   bytea  NOT NULL,
    body        bytea,
    body_hash   bytea,
    guest       text,
    sources     text
);

CREATE INDEX entries_log ON entries (room, device, seq);
CREATE INDEX entries_line ON entries (room, sort, device, seq) WHERE shown = 1;
CREATE INDEX entries_target ON entries (target) WHERE target IS NOT NULL;
CREATE INDEX entries_room ON entries (room, pos);
CREATE INDEX entries_guest ON entries (room, received_at) WHERE guest IS NOT NULL OR kind = 8;

CREATE TABLE outbox (
    no      bigint PRIMARY KEY,
    slot    bigint NOT NULL,
    room    bigint NOT NULL,
    kind    bigint NOT NULL,
    target  bytea,
    action  bigint NOT NULL,
    off     bigint NOT NULL,
    body    bytea  NOT NULL,
    made_at bigint NOT NULL,
    state   bigint NOT NULL,
    problem bigint,
    device  bytea,
    seq     bigint,
    entry   bytea
);

CREATE TABLE words (
    pos  bigint   PRIMARY KEY,
    room bigint   NOT NULL,
    text tsvector NOT NULL
);

CREATE INDEX words_text ON words USING gin (text);
