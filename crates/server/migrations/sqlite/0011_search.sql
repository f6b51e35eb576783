-- Words of products, cut by src/search; the tokenizer only splits at spaces.
CREATE VIRTUAL TABLE product_search USING fts5 (product UNINDEXED, title, body, tokenize = 'ascii');
