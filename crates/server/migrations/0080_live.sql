-- Live rooms (rules.md 3.3): sessions, their shelves, flash prices, chat, the log of everything, and the
-- shop's staff. Amounts are minor units, moments are milliseconds since 1970 UTC, flags are 0 or 1. Read by
-- src/live and src/auth.

-- Who works for the shop, by phone number, so that a role can wait for its owner's first sign-in.
CREATE TABLE staff (
    phone      TEXT PRIMARY KEY,
    role       TEXT   NOT NULL CHECK (role IN ('host', 'owner')),
    granted_at BIGINT NOT NULL
);

-- Every change of a session begins with taking its row and the next `seq`, so its changes stand in one order
-- (L1). `slug` is the room of a file, which may be held many times.
CREATE TABLE live_session (
    id             TEXT PRIMARY KEY,
    slug           TEXT   NOT NULL,
    host           TEXT   NOT NULL REFERENCES creator (handle),
    title_zh       TEXT   NOT NULL,
    title_en       TEXT   NOT NULL,
    notice_zh      TEXT   NOT NULL,
    notice_en      TEXT   NOT NULL,
    poster         TEXT   REFERENCES media (src),
    state          TEXT   NOT NULL CHECK (state IN ('draft', 'scheduled', 'live', 'paused', 'ended',
                                                    'replay_ready', 'cancelled', 'missed', 'banned')),
    practice       BIGINT NOT NULL CHECK (practice IN (0, 1)),             -- L10
    seq            BIGINT NOT NULL DEFAULT 0,
    created_at     BIGINT NOT NULL,
    starts_at      BIGINT NOT NULL,
    live_at        BIGINT,
    ended_at       BIGINT,
    paused_by      TEXT   CHECK (paused_by IN ('host', 'ingest')),
    -- The picture: since when it is sent, or since when it is lost; neither before the first.
    ingest_at      BIGINT,
    ingest_lost_at BIGINT,
    stream_key     TEXT   NOT NULL UNIQUE,
    pinned         BIGINT,                                                 -- L2: one column, at most one pin
    pinned_at      BIGINT,
    pinned_chat    TEXT,
    chat_every_ms  BIGINT NOT NULL DEFAULT 2000 CHECK (chat_every_ms >= 2000),
    likes          BIGINT NOT NULL DEFAULT 0,
    peak_viewers   BIGINT NOT NULL DEFAULT 0,
    CHECK ((paused_by IS NULL) = (state <> 'paused')),
    CHECK ((pinned IS NULL) = (pinned_at IS NULL)),
    CHECK (ingest_at IS NULL OR ingest_lost_at IS NULL)
);
CREATE INDEX live_session_by_slug ON live_session (slug, created_at);
CREATE INDEX live_session_open ON live_session (starts_at) WHERE state IN ('scheduled', 'live', 'paused');

CREATE TABLE live_shelf (
    session  TEXT   NOT NULL REFERENCES live_session (id),
    number   BIGINT NOT NULL CHECK (number >= 1),
    product  TEXT   NOT NULL REFERENCES product (id),
    listed   BIGINT NOT NULL CHECK (listed IN (0, 1)),
    shown_at BIGINT,                                                       -- when it was first pinned
    PRIMARY KEY (session, number),
    UNIQUE (session, product)
);

-- A flash price. From its countdown on, `free` units are kept out of the shop's stock: they count in
-- stock.reserved, as the held orders do that take from them (L3).
CREATE TABLE live_flash (
    id           TEXT PRIMARY KEY,
    session      TEXT   NOT NULL REFERENCES live_session (id),
    number       BIGINT NOT NULL,
    sku          TEXT   NOT NULL REFERENCES sku (id),
    price        BIGINT NOT NULL CHECK (price > 0),
    usual        BIGINT NOT NULL,
    currency     TEXT   NOT NULL,
    quota        BIGINT NOT NULL CHECK (quota >= 1),
    per_user     BIGINT NOT NULL CHECK (per_user >= 1),
    countdown_ms BIGINT NOT NULL CHECK (countdown_ms = 0 OR countdown_ms BETWEEN 10000 AND 300000),
    duration_ms  BIGINT NOT NULL CHECK (duration_ms BETWEEN 60000 AND 1200000),
    state        TEXT   NOT NULL
        CHECK (state IN ('armed', 'countdown', 'active', 'sold_out', 'expired', 'stopped')),
    free         BIGINT NOT NULL DEFAULT 0 CHECK (free >= 0 AND free <= quota),
    armed_at     BIGINT NOT NULL,
    starts_at    BIGINT,
    ends_at      BIGINT,
    CHECK (price < usual)
);
CREATE INDEX live_flash_by_session ON live_flash (session, armed_at);
CREATE INDEX live_flash_due ON live_flash (ends_at) WHERE state IN ('countdown', 'active') OR free > 0;
CREATE UNIQUE INDEX live_flash_one ON live_flash (session, sku) WHERE state IN ('countdown', 'active');

-- How many somebody has by a flash price, in orders that are not given back (F2).
CREATE TABLE live_flash_user (
    flash    TEXT   NOT NULL REFERENCES live_flash (id),
    owner    TEXT   NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (flash, owner)
);

-- An order that was placed in a room, and the flash price that it was placed at.
CREATE TABLE live_order (
    order_id TEXT PRIMARY KEY REFERENCES orders (id),
    session  TEXT   NOT NULL REFERENCES live_session (id),
    flash    TEXT   REFERENCES live_flash (id),
    quantity BIGINT NOT NULL CHECK (quantity >= 0),                        -- at the flash price
    pinned   BIGINT,                                                       -- what was pinned, if the order holds it
    at       BIGINT NOT NULL
);
CREATE INDEX live_order_by_session ON live_order (session, at);

-- What was said. A line that was taken away stays here for the record (L11).
CREATE TABLE live_chat (
    id         TEXT PRIMARY KEY,                                           -- grows with time
    session    TEXT   NOT NULL REFERENCES live_session (id),
    at         BIGINT NOT NULL,
    owner      TEXT   NOT NULL,
    device     TEXT,
    neighbour  BIGINT,                                                     -- null: the host
    text       TEXT   NOT NULL,
    removed_at BIGINT
);
CREATE INDEX live_chat_by_session ON live_chat (session, id);
CREATE INDEX live_chat_by_owner ON live_chat (session, owner);

-- When somebody spoke last (L8): one row decides how often one may.
CREATE TABLE live_chatter (
    session TEXT   NOT NULL REFERENCES live_session (id),
    owner   TEXT   NOT NULL,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (session, owner)
);

-- Who may not speak in a session (`mute`, scope: its id) or be in a host's rooms (`ban`, scope: the handle);
-- accounts and browsers.
CREATE TABLE live_sanction (
    scope   TEXT   NOT NULL,
    subject TEXT   NOT NULL,                                               -- an account's id or device:…
    kind    TEXT   NOT NULL CHECK (kind IN ('mute', 'ban')),
    by_whom TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (scope, subject)
);

CREATE TABLE live_blockword (
    host TEXT NOT NULL REFERENCES creator (handle),
    word TEXT NOT NULL,
    PRIMARY KEY (host, word)
);

CREATE TABLE live_reminder (
    session TEXT   NOT NULL REFERENCES live_session (id),
    owner   TEXT   NOT NULL REFERENCES account (id),
    at      BIGINT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (session, owner)
);
CREATE INDEX live_reminder_untold ON live_reminder (session) WHERE told_at IS NULL;

-- Everything that happened in a session, for the replay and for the record (L1, L11).
CREATE TABLE live_log (
    session TEXT   NOT NULL REFERENCES live_session (id),
    seq     BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    by_whom TEXT   NOT NULL,                                               -- an account's id, or empty: the clock
    viewers BIGINT NOT NULL,
    -- JSON of contract::live::LiveChange.
    change  TEXT   NOT NULL,
    PRIMARY KEY (session, seq)
);
