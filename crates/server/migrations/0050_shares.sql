-- Share links, who brought whom, what a sale pays the sharer, and creators (rules.md 3.2).
-- Amounts are minor units, rates are basis points, moments are milliseconds since 1970 UTC. Read by
-- src/attribution, src/commission, src/payout and src/features/{shares,earnings,creators}.

CREATE TABLE creator (
    handle    TEXT PRIMARY KEY,
    position  BIGINT NOT NULL,
    name_zh   TEXT   NOT NULL,
    name_en   TEXT   NOT NULL,
    avatar    TEXT   NOT NULL REFERENCES media (src),
    bio_zh    TEXT   NOT NULL,
    bio_en    TEXT   NOT NULL,
    city_zh   TEXT   NOT NULL,
    city_en   TEXT   NOT NULL,
    followers BIGINT NOT NULL
);

CREATE TABLE product_creator (
    product TEXT PRIMARY KEY REFERENCES product (id),
    creator TEXT NOT NULL REFERENCES creator (handle)
);
CREATE INDEX product_creator_by_creator ON product_creator (creator);

CREATE TABLE share_link (
    token       TEXT PRIMARY KEY,
    owner       TEXT   NOT NULL REFERENCES account (id),
    -- product, group, live, creator or page; the target's slug, id, handle or path.
    target_kind TEXT   NOT NULL,
    target_id   TEXT   NOT NULL,
    channel     TEXT   NOT NULL,
    sub_id      TEXT   NOT NULL,                -- empty when the sharer gave none
    created_at  BIGINT NOT NULL,
    revoked_at  BIGINT,
    views       BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX share_link_once ON share_link (owner, target_kind, target_id, channel, sub_id)
    WHERE revoked_at IS NULL;
CREATE INDEX share_link_by_owner ON share_link (owner, created_at, token);

-- One row a browser and link: `clicks` grows no more often than every 30 minutes (A2).
CREATE TABLE share_click (
    token   TEXT   NOT NULL REFERENCES share_link (token),
    visitor TEXT   NOT NULL,
    at      BIGINT NOT NULL,                    -- of the last click that counted
    clicks  BIGINT NOT NULL CHECK (clicks >= 1),
    PRIMARY KEY (token, visitor)
);

-- Who brought a browser (`device:…`) or an account (its id). Kept: the first touch, the last one, the last one
-- before a checkout that is under way (`before`), and the last invitation to each group (`group:…`) (A3, A4).
CREATE TABLE share_touch (
    holder TEXT   NOT NULL,
    place  TEXT   NOT NULL,
    token  TEXT   NOT NULL REFERENCES share_link (token),
    at     BIGINT NOT NULL,
    PRIMARY KEY (holder, place)
);
CREATE INDEX share_touch_by_age ON share_touch (at);

-- A checkout under way: a link that is opened after `began_at` brings nothing to the order of these goods.
CREATE TABLE checkout (
    account  TEXT   NOT NULL REFERENCES account (id),
    goods    TEXT   NOT NULL,                   -- hash of the SKUs
    began_at BIGINT NOT NULL,
    seen_at  BIGINT NOT NULL,
    PRIMARY KEY (account, goods)
);
CREATE INDEX checkout_by_age ON checkout (seen_at);

-- What makes two accounts one household: browsers, phone numbers, addresses, as keyed hashes (A6).
CREATE TABLE account_trait (
    account TEXT   NOT NULL REFERENCES account (id),
    kind    TEXT   NOT NULL CHECK (kind IN ('device', 'phone', 'address')),
    hash    TEXT   NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (account, kind, hash)
);
CREATE INDEX account_trait_by_hash ON account_trait (kind, hash);

CREATE TABLE sharer_suspension (
    account TEXT PRIMARY KEY REFERENCES account (id),
    at      BIGINT NOT NULL,
    reason  TEXT   NOT NULL
);

-- Rates of a product, each from a moment on (A11). One that never came to be is `void`.
CREATE TABLE commission_rate (
    product TEXT   NOT NULL REFERENCES product (id),
    from_at BIGINT NOT NULL,
    rate_bp BIGINT NOT NULL CHECK (rate_bp BETWEEN 0 AND 10000),
    set_at  BIGINT NOT NULL,
    void    BIGINT NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    PRIMARY KEY (product, from_at)
);

-- An amount for each one of a SKU, in place of its product's rate (A8).
CREATE TABLE commission_fixed (
    sku   TEXT PRIMARY KEY REFERENCES sku (id),
    minor BIGINT NOT NULL CHECK (minor >= 0)
);

-- Who brought an order, as it stood when the order was made; nothing of it changes afterwards but `refusal`,
-- which says why it pays nothing (A5, A6), and `paid_at`.
CREATE TABLE order_attribution (
    order_id     TEXT PRIMARY KEY REFERENCES orders (id),
    buyer        TEXT   NOT NULL,
    token        TEXT   NOT NULL REFERENCES share_link (token),
    touch_at     BIGINT NOT NULL,
    frozen_at    BIGINT NOT NULL,
    payee_l1     TEXT   NOT NULL,
    payee_l2     TEXT,
    share_l2_bp  BIGINT NOT NULL CHECK (share_l2_bp BETWEEN 0 AND 5000),
    base_rule    TEXT   NOT NULL,
    rule_version BIGINT NOT NULL,
    freeze_ms    BIGINT NOT NULL CHECK (freeze_ms >= 0),
    refusal      TEXT,
    paid_at      BIGINT
);
CREATE INDEX order_attribution_by_token ON order_attribution (token);
CREATE INDEX order_attribution_by_buyer ON order_attribution (buyer, paid_at);
CREATE INDEX order_attribution_by_payee ON order_attribution (payee_l1, paid_at);
CREATE INDEX order_attribution_by_second ON order_attribution (payee_l2, paid_at) WHERE payee_l2 IS NOT NULL;

CREATE TABLE order_attribution_line (
    order_id    TEXT   NOT NULL REFERENCES order_attribution (order_id),
    position    BIGINT NOT NULL,
    sku         TEXT   NOT NULL,
    base_minor  BIGINT NOT NULL CHECK (base_minor >= 0),
    rate_bp     BIGINT NOT NULL CHECK (rate_bp BETWEEN 0 AND 10000),
    fixed_minor BIGINT,                         -- of the whole line
    -- What was given back of the base so far (A10).
    refunded_minor BIGINT NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND base_minor),
    PRIMARY KEY (order_id, position)
);

-- What one line of an order pays one sharer (A8 to A10).
CREATE TABLE commission (
    id             TEXT PRIMARY KEY,            -- grows with time
    order_id       TEXT   NOT NULL REFERENCES orders (id),
    position       BIGINT NOT NULL,
    level          BIGINT NOT NULL CHECK (level IN (1, 2)),
    payee          TEXT   NOT NULL REFERENCES account (id),
    token          TEXT   NOT NULL REFERENCES share_link (token),
    currency       TEXT   NOT NULL,
    amount_minor   BIGINT NOT NULL CHECK (amount_minor > 0),
    reversed_minor BIGINT NOT NULL DEFAULT 0 CHECK (reversed_minor BETWEEN 0 AND amount_minor),
    state          TEXT   NOT NULL
        CHECK (state IN ('pending', 'frozen', 'available', 'withdrawn', 'reversed')),
    booked_at      BIGINT NOT NULL,
    available_at   BIGINT,
    -- What its payee was told of it so far.
    told_minor     BIGINT NOT NULL DEFAULT 0,
    UNIQUE (order_id, position, level),
    CHECK ((state = 'reversed') = (reversed_minor = amount_minor))
);
CREATE INDEX commission_by_payee ON commission (payee, booked_at, id);
CREATE INDEX commission_by_token ON commission (token);
CREATE INDEX commission_untold ON commission (order_id) WHERE told_minor <> amount_minor - reversed_minor;
CREATE INDEX commission_ripe ON commission (available_at) WHERE state = 'frozen';

-- A payout (A12). `transfer` names the try at the gateway: a new one only after the gateway refused the last.
CREATE TABLE withdrawal (
    id           TEXT PRIMARY KEY,              -- grows with time
    owner        TEXT   NOT NULL REFERENCES account (id),
    currency     TEXT   NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    state        TEXT   NOT NULL
        CHECK (state IN ('requested', 'approved', 'paying', 'paid', 'failed', 'rejected')),
    created_at   BIGINT NOT NULL,
    ended_at     BIGINT,
    reason       TEXT,
    transfer     TEXT   NOT NULL UNIQUE,
    tries        BIGINT NOT NULL DEFAULT 1,
    attempts     BIGINT NOT NULL DEFAULT 0,
    attempt_at   BIGINT NOT NULL
);
CREATE INDEX withdrawal_by_owner ON withdrawal (owner, id);
CREATE INDEX withdrawal_due ON withdrawal (attempt_at) WHERE state IN ('approved', 'paying');
CREATE INDEX withdrawal_by_state ON withdrawal (state, id);

-- Paid orders, for the one that looks after those whose buyer never says that the goods are there.
CREATE INDEX orders_awaiting_receipt ON orders (placed_at) WHERE state = 'paid';
