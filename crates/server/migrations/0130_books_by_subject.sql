-- Documents by what they are about, and by their time: results of one promotion and reports of a time read no others.
CREATE INDEX ledger_document_by_subject ON ledger_document (biz_id);
CREATE INDEX ledger_document_by_time ON ledger_document (at);
-- Staff looks at everybody's orders, newest first.
CREATE INDEX orders_by_time ON orders (placed_at, id);
