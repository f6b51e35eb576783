-- The catalogue: what the shop sells, where it is kept and who hands it out, in Chinese and English.
-- Money is in minor units of product.currency, times are milliseconds since 1970, places are millionths
-- of a degree, flags are 0 or 1, lists that are only ever read whole are JSON.

CREATE TABLE media (
    src TEXT PRIMARY KEY,               -- address below the origin, hashed by content
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    tint TEXT NOT NULL                  -- #rrggbb shown until the picture is there
);

CREATE TABLE category (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    icon TEXT NOT NULL REFERENCES media (src)
);

CREATE TABLE brand (
    id TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL
);

CREATE TABLE tag (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,           -- most useful first
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL
);

CREATE TABLE store (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    avatar TEXT NOT NULL REFERENCES media (src),
    address_zh TEXT NOT NULL,
    address_en TEXT NOT NULL,
    lat_e6 BIGINT NOT NULL,
    lng_e6 BIGINT NOT NULL,
    hours TEXT NOT NULL,                -- [{"days":[1..7],"open":"HH:MM","close":"HH:MM"}]
    delivery_radius_m BIGINT NOT NULL,
    delivery_eta_min BIGINT NOT NULL,
    delivery_min_order BIGINT NOT NULL,
    delivery_fee BIGINT NOT NULL,
    delivery_free_from BIGINT NOT NULL,
    rating_tenths BIGINT NOT NULL,
    rating_count BIGINT NOT NULL
);

CREATE TABLE community (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    store TEXT NOT NULL REFERENCES store (id),
    lat_e6 BIGINT NOT NULL,
    lng_e6 BIGINT NOT NULL,
    cutoff TEXT NOT NULL,               -- HH:MM, orders until then arrive as promised
    arrives_zh TEXT NOT NULL,
    arrives_en TEXT NOT NULL
);

CREATE TABLE pickup_point (
    id TEXT PRIMARY KEY,
    community TEXT NOT NULL REFERENCES community (id),
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    address_zh TEXT NOT NULL,
    address_en TEXT NOT NULL,
    lat_e6 BIGINT NOT NULL,
    lng_e6 BIGINT NOT NULL,
    opens TEXT NOT NULL,                -- HH:MM
    closes TEXT NOT NULL,
    storage TEXT NOT NULL,              -- ["ambient","chill","frozen"]
    capacity_parcels BIGINT NOT NULL
);

CREATE TABLE product (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    position BIGINT NOT NULL,           -- the shop's own order
    feed_rank BIGINT NOT NULL,          -- place in the feed, never changed once given
    on_sale BIGINT NOT NULL CHECK (on_sale IN (0, 1)),
    category TEXT NOT NULL REFERENCES category (id),
    brand TEXT NOT NULL REFERENCES brand (id),
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    summary_zh TEXT NOT NULL,
    summary_en TEXT NOT NULL,
    unit_zh TEXT NOT NULL,
    unit_en TEXT NOT NULL,
    origin_zh TEXT NOT NULL,
    origin_en TEXT NOT NULL,
    storage TEXT NOT NULL,              -- ambient, chill or frozen
    options TEXT NOT NULL,              -- [{"id","name":{"zh","en"},"values":[{"id","label","picture"?}]}]
    currency TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price >= 0),       -- of the cheapest SKU on sale
    price_max BIGINT NOT NULL CHECK (price_max >= price),
    list_price BIGINT NOT NULL,         -- of the cheapest SKU on sale
    sold_before BIGINT NOT NULL,        -- sold before this system counted
    rating_tenths BIGINT NOT NULL,
    rating_count BIGINT NOT NULL,
    listed_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL          -- when this database first saw it
);
CREATE INDEX product_by_category ON product (category, position);
CREATE INDEX product_by_feed ON product (feed_rank, id);

CREATE TABLE product_picture (
    product TEXT NOT NULL REFERENCES product (id),
    position BIGINT NOT NULL,
    src TEXT NOT NULL REFERENCES media (src),
    PRIMARY KEY (product, position)
);

CREATE TABLE product_tag (
    product TEXT NOT NULL REFERENCES product (id),
    tag TEXT NOT NULL REFERENCES tag (id),
    PRIMARY KEY (product, tag)
);
CREATE INDEX product_tag_by_tag ON product_tag (tag, product);

CREATE TABLE product_store (            -- stores that hand it out or deliver it; none for goods sent by carrier alone
    product TEXT NOT NULL REFERENCES product (id),
    position BIGINT NOT NULL,
    store TEXT NOT NULL REFERENCES store (id),
    PRIMARY KEY (product, store)
);

CREATE TABLE product_fulfilment (       -- kind: pickup, local_delivery or ship
    product TEXT NOT NULL REFERENCES product (id),
    kind TEXT NOT NULL,
    PRIMARY KEY (product, kind)
);

CREATE TABLE sku (
    id TEXT PRIMARY KEY,
    product TEXT NOT NULL REFERENCES product (id),
    position BIGINT NOT NULL,
    on_sale BIGINT NOT NULL CHECK (on_sale IN (0, 1)),
    attributes TEXT NOT NULL,           -- [{"option","value"}]
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price >= 0),
    list_price BIGINT NOT NULL,         -- equal to price when there is no higher one
    weight_g BIGINT NOT NULL,
    image TEXT REFERENCES media (src),
    order_limit BIGINT NOT NULL DEFAULT 99 CHECK (order_limit >= 1)
);
CREATE INDEX sku_by_product ON sku (product, position);

-- rules.md 3.5: available = on_hand - reserved - sold, never below zero (F1, reliability inv.S1, inv.S2).
CREATE TABLE stock (
    sku TEXT PRIMARY KEY REFERENCES sku (id),
    on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
    reserved BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    sold BIGINT NOT NULL DEFAULT 0 CHECK (sold >= 0),
    imported BIGINT NOT NULL,           -- what the last imported file said; on_hand moves by its difference
    CHECK (on_hand - reserved - sold >= 0)
);

CREATE TABLE member (                   -- authors of imported reviews
    id TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    avatar TEXT NOT NULL REFERENCES media (src)
);

CREATE TABLE review (
    id TEXT PRIMARY KEY,
    product TEXT NOT NULL REFERENCES product (id),
    member TEXT NOT NULL REFERENCES member (id),
    sku TEXT NOT NULL REFERENCES sku (id),
    stars BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    lang TEXT NOT NULL,                 -- zh or en: the one that the author wrote
    written_at BIGINT NOT NULL,
    likes BIGINT NOT NULL
);
CREATE INDEX review_by_product ON review (product, written_at);

CREATE TABLE banner (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    image TEXT NOT NULL REFERENCES media (src),
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    subtitle_zh TEXT NOT NULL,
    subtitle_en TEXT NOT NULL,
    href TEXT NOT NULL,                 -- a path of the app
    ink TEXT NOT NULL
);
