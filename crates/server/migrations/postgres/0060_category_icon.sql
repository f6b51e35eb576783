-- A category may have no icon: those of an imported catalogue have none.
ALTER TABLE category ALTER COLUMN icon DROP NOT NULL;
