-- Version 2: entries of a room in the order of their arrival, guests' lines by time, and the room as a column of the index of words.
CREATE INDEX entries_room ON entries (room);
CREATE INDEX entries_guest ON entries (room, received_at) WHERE guest IS NOT NULL OR kind = 8;

DROP TABLE lines;
CREATE VIRTUAL TABLE lines USING fts5 (text, room, content = '', tokenize = "unicode61 remove_diacritics 2");
INSERT INTO lines (lines, rank) VALUES ('secure-delete', 1);
DELETE FROM meta WHERE key = 'indexed';
