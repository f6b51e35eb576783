-- Group-buy (rules.md 3.1): offers with their quotas, groups that form, and who sits in them. Amounts are
-- minor units, moments are milliseconds since 1970 UTC, flags are 0 or 1. Read by src/groups.

CREATE TABLE activity (
    id               TEXT PRIMARY KEY,
    product          TEXT   NOT NULL REFERENCES product (id),
    -- What live groups were opened with stands in them: editing these never changes one (G6).
    size             BIGINT NOT NULL CHECK (size BETWEEN 2 AND 100),
    ttl_ms           BIGINT NOT NULL CHECK (ttl_ms > 0),
    starts_at        BIGINT NOT NULL,
    ends_at          BIGINT NOT NULL CHECK (ends_at > starts_at),
    offered          BIGINT NOT NULL CHECK (offered IN (0, 1)),    -- 0: withdrawn by the shop
    per_order_limit  BIGINT NOT NULL CHECK (per_order_limit >= 1),
    per_user_limit   BIGINT NOT NULL CHECK (per_user_limit >= 1),
    join_policy      TEXT   NOT NULL CHECK (join_policy IN ('any', 'new_user_only', 'community')),
    virtual_min_real BIGINT CHECK (virtual_min_real >= 1),          -- G15; null: never completed by the store
    leader_reward_bp BIGINT NOT NULL DEFAULT 0 CHECK (leader_reward_bp BETWEEN 0 AND 10000),
    leader_may_leave BIGINT NOT NULL DEFAULT 0 CHECK (leader_may_leave IN (0, 1)),       -- G11
    coupons          BIGINT NOT NULL DEFAULT 0 CHECK (coupons IN (0, 1)),                -- G14
    points           BIGINT NOT NULL DEFAULT 0 CHECK (points IN (0, 1)),                 -- G14
    commission       BIGINT NOT NULL DEFAULT 1 CHECK (commission IN (0, 1))
);
CREATE INDEX activity_by_product ON activity (product);

-- The quota of an offer's SKU, beside the SKU's stock: seats that are held or paid count in reserved, those
-- of complete groups in sold (G13).
CREATE TABLE activity_sku (
    activity TEXT   NOT NULL REFERENCES activity (id),
    sku      TEXT   NOT NULL REFERENCES sku (id),
    price    BIGINT NOT NULL CHECK (price > 0),
    offered  BIGINT NOT NULL CHECK (offered IN (0, 1)),
    quota    BIGINT NOT NULL CHECK (quota >= 0),
    reserved BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    sold     BIGINT NOT NULL DEFAULT 0 CHECK (sold >= 0),
    PRIMARY KEY (activity, sku),
    CHECK (quota - reserved - sold >= 0)
);

-- How many somebody has of an offer in seats that are held, paid or confirmed (G4, F2).
CREATE TABLE activity_user (
    activity TEXT   NOT NULL REFERENCES activity (id),
    owner    TEXT   NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (activity, owner)
);

-- Every change of a group begins with taking its row, so its changes stand in one order (inv.G7).
CREATE TABLE buy_group (
    id               TEXT PRIMARY KEY,
    activity         TEXT   NOT NULL REFERENCES activity (id),
    product          TEXT   NOT NULL REFERENCES product (id),
    leader_order     TEXT   NOT NULL REFERENCES orders (id),
    state            TEXT   NOT NULL CHECK (state IN ('forming', 'succeeded', 'failed')),
    version          BIGINT NOT NULL CHECK (version >= 1),
    size             BIGINT NOT NULL CHECK (size BETWEEN 2 AND 100),
    filled           BIGINT NOT NULL CHECK (filled >= 0),
    reserved         BIGINT NOT NULL CHECK (reserved >= 0),
    by_store         BIGINT NOT NULL CHECK (by_store >= 0),
    opened_at        BIGINT NOT NULL,
    expires_at       BIGINT NOT NULL,
    ended_at         BIGINT,
    -- The offer as it was when the group was opened (G6); prices is JSON of [{"sku", "price"}].
    prices           TEXT   NOT NULL,
    currency         TEXT   NOT NULL,
    join_policy      TEXT   NOT NULL,
    virtual_min_real BIGINT,
    leader_reward_bp BIGINT NOT NULL,
    leader_may_leave BIGINT NOT NULL,
    CHECK (filled + reserved + by_store <= size),
    CHECK (state <> 'forming' OR filled + by_store < size),
    CHECK (state <> 'succeeded' OR filled + by_store = size),
    CHECK (state = 'succeeded' OR by_store = 0),
    CHECK (state = 'forming' OR reserved = 0),
    CHECK ((ended_at IS NULL) = (state = 'forming'))
);
CREATE INDEX buy_group_due ON buy_group (expires_at) WHERE state = 'forming';
CREATE INDEX buy_group_by_product ON buy_group (product, expires_at, id) WHERE state = 'forming';
CREATE INDEX buy_group_by_expiry ON buy_group (expires_at, id);

-- One order, one seat (G5). A leader's has no group until it is paid (G1).
CREATE TABLE group_seat (
    order_id    TEXT PRIMARY KEY REFERENCES orders (id),
    activity    TEXT   NOT NULL REFERENCES activity (id),
    group_id    TEXT   REFERENCES buy_group (id),
    owner       TEXT   NOT NULL,
    sku         TEXT   NOT NULL,
    quantity    BIGINT NOT NULL CHECK (quantity > 0),
    unit_minor  BIGINT NOT NULL CHECK (unit_minor > 0),
    role        TEXT   NOT NULL CHECK (role IN ('leader', 'member')),
    state       TEXT   NOT NULL
        CHECK (state IN ('held', 'paid', 'confirmed', 'released', 'refund_pending', 'refunded')),
    on_overflow TEXT   NOT NULL CHECK (on_overflow IN ('refund', 'new_group', 'any_group')),
    taken_at    BIGINT NOT NULL,
    paid_at     BIGINT
);
CREATE INDEX group_seat_by_group ON group_seat (group_id);
CREATE INDEX group_seat_by_owner ON group_seat (owner, activity);
-- G3: one live seat a person and group.
CREATE UNIQUE INDEX group_seat_one_live ON group_seat (group_id, owner)
    WHERE state IN ('held', 'paid', 'confirmed');

-- What a complete group's leader is owed (G16), until the commission ledger settles it.
CREATE TABLE group_reward (
    group_id     TEXT PRIMARY KEY REFERENCES buy_group (id),
    order_id     TEXT   NOT NULL REFERENCES orders (id),
    payee        TEXT   NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    currency     TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('pending', 'void')),
    booked_at    BIGINT NOT NULL,
    voided_at    BIGINT,
    CHECK ((voided_at IS NULL) = (state = 'pending'))
);
CREATE INDEX group_reward_by_order ON group_reward (order_id);
