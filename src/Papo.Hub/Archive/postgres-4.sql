-- Version 4: links into private rooms (Papo.Client, schema-6.sql). A hub makes none; the table is there because the store is the same.
CREATE TABLE room_links (
    id      bytea  PRIMARY KEY,
    token   bytea  NOT NULL,
    room    bigint NOT NULL,
    until   bigint NOT NULL,
    used_by bytea
);
