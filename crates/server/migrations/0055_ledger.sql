-- The shop's books: double entry, whole minor units, never changed (rules.md 3.7; inv.L1, L2, L3).
-- A document is what happened; its entries sum to zero in every currency. Debits are positive, credits negative.

CREATE TABLE ledger_document (
    seq      BIGINT PRIMARY KEY,                -- without gaps, in commit order
    biz      TEXT   NOT NULL,                   -- commission, withdrawal, …
    biz_id   TEXT   NOT NULL,
    event    TEXT   NOT NULL,
    idem_key TEXT   NOT NULL UNIQUE,
    at       BIGINT NOT NULL
);
CREATE INDEX ledger_document_by_biz ON ledger_document (biz, biz_id);

CREATE TABLE ledger_entry (
    document   BIGINT NOT NULL REFERENCES ledger_document (seq),
    position   BIGINT NOT NULL,
    account    TEXT   NOT NULL CHECK (account IN (
        'CASH_CLEARING', 'REVENUE', 'DISCOUNT_STORE', 'DISCOUNT_PLATFORM_RECV', 'DISCOUNT_SUPPLIER_RECV',
        'COMMISSION_EXPENSE', 'COMMISSION_PAYABLE', 'POINTS_LIABILITY', 'SHIPPING_INCOME', 'TAX_PAYABLE',
        'REFUND_CLEARING', 'PROMO_LOSS', 'CUSTOMER_DEPOSIT')),
    party      TEXT   NOT NULL,                 -- whose part of the account; empty when it is nobody's
    stage      TEXT   NOT NULL,                 -- which part of the party's: pending, frozen, available, withdrawing
    currency   TEXT   NOT NULL,
    minor      BIGINT NOT NULL CHECK (minor <> 0),
    dimensions TEXT   NOT NULL,                 -- JSON: order, sku, token and channel (M6)
    PRIMARY KEY (document, position)
);
CREATE INDEX ledger_entry_by_account ON ledger_entry (account, party, stage, currency);

-- Σ of the entries, kept in the same transaction (inv.L3).
CREATE TABLE ledger_balance (
    account  TEXT   NOT NULL,
    party    TEXT   NOT NULL,
    stage    TEXT   NOT NULL,
    currency TEXT   NOT NULL,
    minor    BIGINT NOT NULL,
    PRIMARY KEY (account, party, stage, currency)
);

-- The last document's number. Whoever posts holds this row until the transaction ends, so balances that were
-- read after taking it stay true until the commit.
CREATE TABLE ledger_head (
    id  TEXT PRIMARY KEY,
    seq BIGINT NOT NULL
);
INSERT INTO ledger_head (id, seq) VALUES ('shop', 0);

