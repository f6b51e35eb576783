-- What an account pays with links it to others as its browser, phone and address do (rules.md A6). Neither database
-- changes a CHECK of a table in place in words that both know.
CREATE TABLE account_trait_wider (
    account TEXT   NOT NULL REFERENCES account (id),
    kind    TEXT   NOT NULL CHECK (kind IN ('device', 'phone', 'address', 'instrument')),
    hash    TEXT   NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (account, kind, hash)
);
INSERT INTO account_trait_wider SELECT account, kind, hash, seen_at FROM account_trait;
DROP TABLE account_trait;
ALTER TABLE account_trait_wider RENAME TO account_trait;
CREATE INDEX account_trait_by_hash ON account_trait (kind, hash);
