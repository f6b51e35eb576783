-- Where a product stands on its shelf when a host moved it; without it, by number, behind those that have it.
ALTER TABLE live_shelf ADD COLUMN place BIGINT;
