-- Version 6: links that let their bearers into private rooms, once. Kept a while after their end, so that who comes late can be told why.
CREATE TABLE room_links (
    id      BLOB    PRIMARY KEY,        -- what is on the wire of the token
    token   BLOB    NOT NULL,
    room    INTEGER NOT NULL,           -- rooms.no
    until   INTEGER NOT NULL,           -- Unix milliseconds
    used_by BLOB                        -- the account that came by it
) STRICT, WITHOUT ROWID;
