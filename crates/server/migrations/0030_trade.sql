-- Trade: orders and the stock they hold, payments and refunds, idempotency keys, and the outbox.
-- Amounts are minor units, moments are milliseconds since 1970 UTC. Read by src/trade, src/payment,
-- src/idempotency and src/outbox.

CREATE TABLE orders (
    id             TEXT PRIMARY KEY,
    owner          TEXT   NOT NULL,
    state          TEXT   NOT NULL
        CHECK (state IN ('pending_payment', 'paid', 'received', 'closed', 'refunding', 'refunded')),
    version        BIGINT NOT NULL CHECK (version >= 1),
    placed_at      BIGINT NOT NULL,
    pay_by         BIGINT NOT NULL,
    currency       TEXT   NOT NULL,
    goods_minor    BIGINT NOT NULL CHECK (goods_minor >= 0),
    shipping_minor BIGINT NOT NULL CHECK (shipping_minor >= 0),
    total_minor    BIGINT NOT NULL CHECK (total_minor = goods_minor + shipping_minor),
    remark         TEXT   NOT NULL,
    -- JSON of trade::snapshot::DestinationSnapshot: where it goes as it stood at submit, both languages.
    destination    TEXT   NOT NULL,
    pickup_code    TEXT
);
CREATE INDEX orders_by_owner ON orders (owner, placed_at, id);
CREATE INDEX orders_awaiting_payment ON orders (pay_by) WHERE state = 'pending_payment';

CREATE TABLE order_line (
    order_id   TEXT   NOT NULL REFERENCES orders (id),
    position   BIGINT NOT NULL,
    sku        TEXT   NOT NULL,
    quantity   BIGINT NOT NULL CHECK (quantity > 0),
    unit_minor BIGINT NOT NULL CHECK (unit_minor >= 0),
    line_minor BIGINT NOT NULL CHECK (line_minor = unit_minor * quantity),
    -- JSON of trade::snapshot::LineSnapshot: what was sold, in both languages.
    snapshot   TEXT   NOT NULL,
    PRIMARY KEY (order_id, position)
);

-- What an order took out of the bucket of one SKU. `held` counts in stock.reserved, `consumed` in
-- stock.sold, `released` in neither; so the buckets can be audited against the orders (inv.S1, S3).
CREATE TABLE stock_hold (
    order_id TEXT   NOT NULL REFERENCES orders (id),
    sku      TEXT   NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    state    TEXT   NOT NULL CHECK (state IN ('held', 'consumed', 'released')),
    PRIMARY KEY (order_id, sku)
);
CREATE INDEX stock_hold_by_sku ON stock_hold (sku, state);

CREATE TABLE order_timeline (
    order_id TEXT   NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    kind     TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    reason   TEXT,
    PRIMARY KEY (order_id, position)
);

-- One attempt to pay an order. `requested` means that the gateway has not confirmed it yet: the
-- attempt is repeated with the same id, never with a new one (inv.P5).
CREATE TABLE payment (
    id             TEXT PRIMARY KEY,
    order_id       TEXT   NOT NULL REFERENCES orders (id),
    state          TEXT   NOT NULL
        CHECK (state IN ('requested', 'open', 'paid', 'declined', 'closed')),
    currency       TEXT   NOT NULL,
    amount_minor   BIGINT NOT NULL CHECK (amount_minor > 0),
    captured_minor BIGINT NOT NULL DEFAULT 0,
    refund_minor   BIGINT NOT NULL DEFAULT 0,
    cashier_url    TEXT,
    -- Language that the cashier page was asked for: asking again must say the same.
    lang           TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    paid_at        BIGINT,
    -- When to ask the gateway next, and how often it was asked.
    check_at       BIGINT NOT NULL,
    checks         BIGINT NOT NULL DEFAULT 0,
    CHECK (captured_minor IN (0, amount_minor)),
    CHECK (refund_minor >= 0 AND refund_minor <= captured_minor)
);
CREATE INDEX payment_by_order ON payment (order_id);
CREATE UNIQUE INDEX payment_one_live ON payment (order_id) WHERE state IN ('requested', 'open');
CREATE INDEX payment_to_check ON payment (check_at) WHERE state IN ('requested', 'open');

CREATE TABLE refund (
    id           TEXT PRIMARY KEY,
    payment_id   TEXT   NOT NULL REFERENCES payment (id),
    order_id     TEXT   NOT NULL REFERENCES orders (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    currency     TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('pending', 'succeeded')),
    created_at   BIGINT NOT NULL,
    done_at      BIGINT,
    attempts     BIGINT NOT NULL DEFAULT 0,
    attempt_at   BIGINT NOT NULL
);
CREATE INDEX refund_by_order ON refund (order_id);
CREATE INDEX refund_due ON refund (attempt_at) WHERE state = 'pending';

-- Every webhook that was taken, once, and what came of it. `flagged` ones need a person.
CREATE TABLE payment_webhook (
    id          TEXT PRIMARY KEY,
    kind        TEXT   NOT NULL,
    payment_id  TEXT   NOT NULL,
    received_at BIGINT NOT NULL,
    outcome     TEXT   NOT NULL
);

-- Answers of mutations by the key that the client made (inv.I1 to I6).
CREATE TABLE idempotency_key (
    principal  TEXT   NOT NULL,
    route      TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    body_hash  TEXT   NOT NULL,
    -- Null only inside the transaction that does the work.
    status     BIGINT,
    answer     TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (principal, route, key)
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);

-- The last sequence number given to an event. Its row lock makes commit order and number order the same.
CREATE TABLE stream (
    id  TEXT PRIMARY KEY,
    seq BIGINT NOT NULL
);
INSERT INTO stream (id, seq) VALUES ('shop', 0);

-- What happened, written with the change itself and published afterwards.
CREATE TABLE outbox (
    seq      BIGINT PRIMARY KEY,
    topic    TEXT   NOT NULL,
    -- Who may hear it: a user's id.
    audience TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    -- JSON of contract::events::ShopEvent.
    event    TEXT   NOT NULL
);
CREATE INDEX outbox_by_audience ON outbox (audience, seq);
CREATE INDEX outbox_by_age ON outbox (at);
