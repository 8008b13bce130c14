-- Version 3: what somebody found out about accounts (Papo.Client, schema-5.sql). Nobody sits at a hub; the table is there because the store is the same.
CREATE TABLE verdicts (
    account bytea  NOT NULL,
    name    text   COLLATE "C" NOT NULL,
    verdict bigint NOT NULL,
    since   bigint NOT NULL,
    PRIMARY KEY (account, name)
);
