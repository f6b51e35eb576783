-- Words of products, cut by src/search; nothing is parsed here.
CREATE TABLE product_search (
    product TEXT PRIMARY KEY REFERENCES product (id),
    document TSVECTOR NOT NULL
);
CREATE INDEX product_search_words ON product_search USING GIN (document);
