-- Version 3: words are cut and folded by the program and indexed together with their room.
DROP TABLE lines;
CREATE VIRTUAL TABLE lines USING fts5 (text, content = '', detail = none, tokenize = 'ascii');
INSERT INTO lines (lines, rank) VALUES ('secure-delete', 1);
DELETE FROM meta WHERE key = 'indexed';
