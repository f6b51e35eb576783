-- Promotions (rules.md 3.0-7, 3.5, 3.7): what they are, who has which coupon, what an order took of them and who
-- pays for it. Amounts are minor units, moments are milliseconds since 1970 UTC. Read by src/campaigns.

CREATE TABLE promotion (
    id            TEXT PRIMARY KEY,
    kind          TEXT   NOT NULL CHECK (kind IN ('flash_sale', 'member_price', 'full_reduction', 'coupon')),
    state         TEXT   NOT NULL CHECK (state IN ('draft', 'scheduled', 'running', 'paused', 'ended')),
    version       BIGINT NOT NULL DEFAULT 1,
    title_zh      TEXT   NOT NULL,
    title_en      TEXT   NOT NULL,
    starts_at     BIGINT NOT NULL,
    ends_at       BIGINT NOT NULL CHECK (ends_at > starts_at),
    slots         TEXT   NOT NULL,                  -- JSON of promotions::Slot: parts of each day, by the shop's clock (F6)
    audience      TEXT   NOT NULL,                  -- JSON of promotions::Audience
    funding       TEXT   NOT NULL,                  -- JSON of contract::promotions::FundingPart (M1)
    rule          TEXT   NOT NULL,                  -- JSON of promotions::Rule; prices of a flash sale stand in promotion_sku
    per_customer  BIGINT CHECK (per_customer >= 1), -- pieces of a flash sale, uses of others (F2)
    budget_spend  BIGINT CHECK (budget_spend >= 0), -- M8; null: without end
    budget_uses   BIGINT CHECK (budget_uses >= 0),
    spent         BIGINT NOT NULL DEFAULT 0 CHECK (spent >= 0),
    uses          BIGINT NOT NULL DEFAULT 0 CHECK (uses >= 0),
    claim_total   BIGINT CHECK (claim_total >= 0),  -- coupons that can be claimed in all; null: without end
    claim_each    BIGINT NOT NULL DEFAULT 1 CHECK (claim_each >= 1),
    claimed       BIGINT NOT NULL DEFAULT 0 CHECK (claimed >= 0),
    term_ms       BIGINT CHECK (term_ms > 0),       -- how long a claimed coupon holds; null: as long as the promotion
    created_by    TEXT   NOT NULL,
    created_at    BIGINT NOT NULL
);
CREATE INDEX promotion_by_state ON promotion (state, ends_at);

-- The bucket of a flash sale's SKU, carved out of the shop's stock when the sale is published: what nobody has taken
-- counts in stock.reserved. quota is the plan, on_hand what is carved (F1, F8).
CREATE TABLE promotion_sku (
    promotion TEXT   NOT NULL REFERENCES promotion (id),
    sku       TEXT   NOT NULL REFERENCES sku (id),
    price     BIGINT NOT NULL CHECK (price > 0),
    quota     BIGINT NOT NULL CHECK (quota >= 0),
    on_hand   BIGINT NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    reserved  BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    sold      BIGINT NOT NULL DEFAULT 0 CHECK (sold >= 0),
    PRIMARY KEY (promotion, sku),
    CHECK (on_hand - reserved - sold >= 0)
);
CREATE INDEX promotion_sku_by_sku ON promotion_sku (sku);

-- What one customer had of a promotion (F2): pieces of a flash sale, uses of others, coupons claimed.
CREATE TABLE promotion_customer (
    promotion TEXT   NOT NULL REFERENCES promotion (id),
    customer  TEXT   NOT NULL,
    had       BIGINT NOT NULL DEFAULT 0 CHECK (had >= 0),
    claimed   BIGINT NOT NULL DEFAULT 0 CHECK (claimed >= 0),
    PRIMARY KEY (promotion, customer)
);

-- A coupon in somebody's wallet. The order that has it, if one has.
CREATE TABLE coupon (
    id         TEXT PRIMARY KEY,                    -- grows with time
    promotion  TEXT   NOT NULL REFERENCES promotion (id),
    owner      TEXT   NOT NULL,
    claimed_at BIGINT NOT NULL,
    from_at    BIGINT NOT NULL,
    until_at   BIGINT NOT NULL CHECK (until_at > from_at),
    order_id   TEXT
);
CREATE INDEX coupon_by_owner ON coupon (owner, id);

-- Which promotions an order was placed by; what it counts for is given back once (M8).
CREATE TABLE order_promotion (
    order_id  TEXT   NOT NULL REFERENCES orders (id),
    promotion TEXT   NOT NULL,                      -- a promotion's id, or a group-buy's or live flash price's
    position  BIGINT NOT NULL,
    kind      TEXT   NOT NULL,
    title_zh  TEXT   NOT NULL,
    title_en  TEXT   NOT NULL,
    coupon    TEXT,
    minor     BIGINT NOT NULL CHECK (minor > 0),
    had       BIGINT NOT NULL,                      -- what it counts for the customer's limit
    state     TEXT   NOT NULL CHECK (state IN ('counted', 'released', 'apart')),
    PRIMARY KEY (order_id, promotion)
);
CREATE INDEX order_promotion_by_promotion ON order_promotion (promotion, order_id);

-- What an order took out of a flash sale's bucket.
CREATE TABLE order_flash (
    order_id  TEXT   NOT NULL REFERENCES orders (id),
    promotion TEXT   NOT NULL REFERENCES promotion (id),
    sku       TEXT   NOT NULL,
    quantity  BIGINT NOT NULL CHECK (quantity >= 0),
    -- outside: late money revived the order, and its goods came out of the shop's own stock (3.0-6).
    state     TEXT   NOT NULL CHECK (state IN ('held', 'sold', 'released', 'outside')),
    PRIMARY KEY (order_id, promotion, sku)
);

-- What each promotion takes off each line, and who pays for that: frozen with the order (M1, 3.0-8).
CREATE TABLE order_share (
    order_id  TEXT   NOT NULL REFERENCES orders (id),
    position  BIGINT NOT NULL,
    promotion TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    funder    TEXT   NOT NULL CHECK (funder IN ('store', 'supplier', 'platform')),
    party     TEXT   NOT NULL,
    minor     BIGINT NOT NULL CHECK (minor > 0),
    PRIMARY KEY (order_id, position, promotion, funder, party)
);
CREATE INDEX order_share_by_promotion ON order_share (promotion, order_id);

-- What a refund undoes of those shares: never computed anew (M4).
CREATE TABLE refund_share (
    refund_id TEXT   NOT NULL REFERENCES refund (id),
    position  BIGINT NOT NULL,
    promotion TEXT   NOT NULL,
    funder    TEXT   NOT NULL,
    party     TEXT   NOT NULL,
    minor     BIGINT NOT NULL CHECK (minor > 0),
    PRIMARY KEY (refund_id, position, promotion, funder, party)
);

-- A line at the shop's own price, what is paid for it after all discounts, and what the goods cost the shop.
ALTER TABLE order_line ADD COLUMN list_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN pay_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN cost_minor BIGINT NOT NULL DEFAULT 0;
UPDATE order_line SET list_minor = line_minor, pay_minor = line_minor;
-- What came off the order as a whole. goods_minor is what is paid for the goods.
ALTER TABLE orders ADD COLUMN discount_minor BIGINT NOT NULL DEFAULT 0;

-- What a piece costs the shop, and the least that any promotion may leave of its price (features.md 67).
ALTER TABLE sku ADD COLUMN cost BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sku ADD COLUMN floor BIGINT NOT NULL DEFAULT 0;

-- Level of membership.
ALTER TABLE account ADD COLUMN tier BIGINT NOT NULL DEFAULT 0;

-- Who pays for a group's price (M1; null: the shop), and whether coupons come on top of it (G14).
ALTER TABLE activity ADD COLUMN funding TEXT;
ALTER TABLE activity ADD COLUMN coupons BIGINT NOT NULL DEFAULT 0;

-- More roles than running rooms and owning the shop.
CREATE TABLE staff_all (
    phone      TEXT PRIMARY KEY,
    role       TEXT   NOT NULL
        CHECK (role IN ('host', 'owner', 'campaign_editor', 'support', 'accountant')),
    granted_at BIGINT NOT NULL
);
INSERT INTO staff_all (phone, role, granted_at) SELECT phone, role, granted_at FROM staff;
DROP TABLE staff;
ALTER TABLE staff_all RENAME TO staff;

-- What staff did, with what it changed (features.md 136).
CREATE TABLE staff_action (
    id        TEXT PRIMARY KEY,                     -- grows with time
    at        BIGINT NOT NULL,
    who       TEXT   NOT NULL,
    role      TEXT   NOT NULL,
    operation TEXT   NOT NULL,
    target    TEXT   NOT NULL,
    before    TEXT,                                 -- JSON
    after     TEXT                                  -- JSON
);
CREATE INDEX staff_action_by_target ON staff_action (target, id);

-- The books of each day of the shop, sealed once it is over: a hash of its documents and of the day before (inv.L8).
CREATE TABLE ledger_day (
    day       BIGINT PRIMARY KEY,
    last_seq  BIGINT NOT NULL,
    hash      TEXT   NOT NULL,
    sealed_at BIGINT NOT NULL
);
-- Documents before this moment are closed; what undoes them is posted in the open period (M9).
CREATE TABLE ledger_close (
    id    TEXT PRIMARY KEY,
    until BIGINT NOT NULL
);
INSERT INTO ledger_close (id, until) VALUES ('shop', 0);
-- Why nothing is sold until somebody has looked at the books; no row while they are right.
CREATE TABLE ledger_halt (
    id  TEXT PRIMARY KEY,
    at  BIGINT NOT NULL,
    why TEXT   NOT NULL
);
-- What an order's entries in the books are about, frozen with its first one (M6): JSON of ledger::Dimensions.
ALTER TABLE orders ADD COLUMN about TEXT;
