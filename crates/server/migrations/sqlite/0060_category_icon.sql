-- A category may have no icon: those of an imported catalogue have none. SQLite changes a column by making
-- its table anew; the references of products are looked at when the transaction ends.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE category_before AS SELECT * FROM category;
DROP TABLE category;
CREATE TABLE category (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    icon TEXT REFERENCES media (src)
);
INSERT INTO category (id, position, name_zh, name_en, text_zh, text_en, icon)
    SELECT id, position, name_zh, name_en, text_zh, text_en, icon FROM category_before;
DROP TABLE category_before;
