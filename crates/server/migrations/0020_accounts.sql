-- Customers: accounts, one-time codes, sessions, address books and the copies of their carts.
-- Moments are milliseconds since 1970 UTC, flags are 0 or 1. Read by src/auth, src/sms and
-- src/features/{account,address,cart}.

CREATE TABLE account (
    id           TEXT PRIMARY KEY,
    phone        TEXT   NOT NULL UNIQUE,        -- +<country><number>
    neighbour_no BIGINT NOT NULL,               -- the name until there is another: "Neighbour 4821"
    created_at   BIGINT NOT NULL
);

-- A one-time code, bound to the request that asked for it. A guess takes a try before it is looked at, so
-- however many come at once, no more are looked at than there are tries.
CREATE TABLE sign_in_code (
    id         TEXT PRIMARY KEY,
    phone      TEXT   NOT NULL,
    code_hash  TEXT   NOT NULL,                 -- HMAC of request and code by the server's secret
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries_left BIGINT NOT NULL CHECK (tries_left >= 0),
    used_at    BIGINT
);
CREATE INDEX sign_in_code_by_phone ON sign_in_code (phone, created_at);
CREATE INDEX sign_in_code_by_age ON sign_in_code (expires_at);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,                -- SHA-256 of the cookie's token
    account    TEXT   NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL
);
CREATE INDEX session_by_end ON session (ends_at);

-- What the sandbox sender would have sent.
CREATE TABLE sandbox_sms (
    id      TEXT PRIMARY KEY,                   -- grows with time
    phone   TEXT   NOT NULL,
    lang    TEXT   NOT NULL,
    text    TEXT   NOT NULL,
    sent_at BIGINT NOT NULL
);

CREATE TABLE address (
    id         TEXT PRIMARY KEY,                -- grows with time
    owner      TEXT   NOT NULL REFERENCES account (id),
    name       TEXT   NOT NULL,
    phone      TEXT   NOT NULL,
    region     TEXT   NOT NULL,
    detail     TEXT   NOT NULL,
    community  TEXT,
    is_default BIGINT NOT NULL CHECK (is_default IN (0, 1)),
    created_at BIGINT NOT NULL
);
CREATE INDEX address_by_owner ON address (owner, id);
CREATE UNIQUE INDEX address_one_default ON address (owner) WHERE is_default = 1;

-- The copy of a customer's cart; the browser's leads (rules.md 3.8).
CREATE TABLE cart_line (
    owner    TEXT   NOT NULL REFERENCES account (id),
    position BIGINT NOT NULL,
    sku      TEXT   NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    added_at BIGINT NOT NULL,
    PRIMARY KEY (owner, sku)
);
