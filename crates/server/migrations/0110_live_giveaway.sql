-- Giveaways of live rooms (rules.md L9). Read by src/live/giveaway.

CREATE TABLE live_giveaway (
    id        TEXT PRIMARY KEY,
    session   TEXT   NOT NULL REFERENCES live_session (id),
    prize     TEXT   NOT NULL,
    entry     TEXT   NOT NULL CHECK (entry IN ('anyone', 'spoke')),
    winners   BIGINT NOT NULL CHECK (winners BETWEEN 1 AND 100),
    opened_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL CHECK (closes_at > opened_at),
    seed      TEXT   NOT NULL,
    seed_hash TEXT   NOT NULL,
    state     TEXT   NOT NULL CHECK (state IN ('open', 'drawn', 'void')),
    entries   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX live_giveaway_by_session ON live_giveaway (session, opened_at);
CREATE UNIQUE INDEX live_giveaway_one ON live_giveaway (session) WHERE state = 'open';
CREATE INDEX live_giveaway_due ON live_giveaway (closes_at) WHERE state = 'open';

-- Who entered, numbered from 1 as they came; `place` in the order of the draw for those who won.
CREATE TABLE live_giveaway_entry (
    giveaway TEXT   NOT NULL REFERENCES live_giveaway (id),
    owner    TEXT   NOT NULL REFERENCES account (id),
    number   BIGINT NOT NULL CHECK (number >= 1),
    at       BIGINT NOT NULL,
    place    BIGINT,
    PRIMARY KEY (giveaway, owner),
    UNIQUE (giveaway, number)
);
