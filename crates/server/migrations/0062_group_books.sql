-- What the books say of orders and groups: a leader's reward among what sales pay (rules.md G16), what went
-- back of which line (A10, M4), the most that one payee earns in a day, who was told that a rate falls (A11).
-- Read by src/commission, src/groups, src/trade.

-- A reward is paid as commission is, by the same steps. Nothing was ever paid out of group_reward.
CREATE TABLE commission_all (
    id             TEXT PRIMARY KEY,            -- grows with time
    order_id       TEXT   NOT NULL REFERENCES orders (id),
    position       BIGINT NOT NULL,
    level          BIGINT NOT NULL CHECK (level IN (0, 1, 2)),    -- 0: the reward of a group's leader
    payee          TEXT   NOT NULL REFERENCES account (id),
    token          TEXT   REFERENCES share_link (token),          -- null for a reward
    currency       TEXT   NOT NULL,
    amount_minor   BIGINT NOT NULL CHECK (amount_minor > 0),
    reversed_minor BIGINT NOT NULL DEFAULT 0 CHECK (reversed_minor BETWEEN 0 AND amount_minor),
    state          TEXT   NOT NULL
        CHECK (state IN ('pending', 'frozen', 'available', 'withdrawn', 'reversed')),
    booked_at      BIGINT NOT NULL,
    freeze_ms      BIGINT NOT NULL CHECK (freeze_ms >= 0),        -- from receipt to the day it is available
    available_at   BIGINT,
    -- What its payee was told of it so far.
    told_minor     BIGINT NOT NULL DEFAULT 0,
    UNIQUE (order_id, position, level),
    CHECK ((token IS NULL) = (level = 0)),
    CHECK ((state = 'reversed') = (reversed_minor = amount_minor))
);
INSERT INTO commission_all (id, order_id, position, level, payee, token, currency, amount_minor,
                            reversed_minor, state, booked_at, freeze_ms, available_at, told_minor)
    SELECT c.id, c.order_id, c.position, c.level, c.payee, c.token, c.currency, c.amount_minor,
           c.reversed_minor, c.state, c.booked_at, a.freeze_ms, c.available_at, c.told_minor
    FROM commission c JOIN order_attribution a ON a.order_id = c.order_id;
DROP TABLE commission;
ALTER TABLE commission_all RENAME TO commission;
CREATE INDEX commission_by_payee ON commission (payee, booked_at, id);
CREATE INDEX commission_by_token ON commission (token);
CREATE INDEX commission_untold ON commission (order_id) WHERE told_minor <> amount_minor - reversed_minor;
CREATE INDEX commission_ripe ON commission (available_at) WHERE state = 'frozen';
DROP TABLE group_reward;

-- Terms that stand with the order (A5): the most that all commission and rewards of one payee come to in a
-- day of the shop, and, for a leader's order, how long the reward is frozen after receipt.
ALTER TABLE order_attribution ADD COLUMN day_max BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE group_seat ADD COLUMN day_max BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE group_seat ADD COLUMN freeze_ms BIGINT NOT NULL DEFAULT 604800000;
CREATE INDEX buy_group_by_leader ON buy_group (leader_order);

-- What a refund gives back of each line; what is over is of the shipping. A refund of a second payment for
-- the same order gives back nothing that was bought and has no lines.
CREATE TABLE refund_line (
    refund_id TEXT   NOT NULL REFERENCES refund (id),
    position  BIGINT NOT NULL,
    quantity  BIGINT NOT NULL CHECK (quantity > 0),
    minor     BIGINT NOT NULL CHECK (minor >= 0),
    PRIMARY KEY (refund_id, position)
);

-- Sharers who were told that a product's rate falls, two days before.
CREATE TABLE commission_rate_told (
    product TEXT   NOT NULL REFERENCES product (id),
    from_at BIGINT NOT NULL,
    owner   TEXT   NOT NULL REFERENCES account (id),
    PRIMARY KEY (product, from_at, owner)
);

-- There are neither coupons nor points yet; what an offer says of them comes with them (G14).
ALTER TABLE activity DROP COLUMN coupons;
ALTER TABLE activity DROP COLUMN points;

-- The name that somebody goes by; without one it is made of neighbour_no.
ALTER TABLE account ADD COLUMN name TEXT;
