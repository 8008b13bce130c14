-- Version 5: what the user found out about accounts by comparing keys, and under which name (DisplayName.Key).
CREATE TABLE verdicts (
    account BLOB    NOT NULL,
    name    TEXT    NOT NULL,
    verdict INTEGER NOT NULL,           -- 1: its key was compared; 2: known to be somebody else than the one of this name whose key was compared
    since   INTEGER NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;
