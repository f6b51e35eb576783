-- The smaller widths that a picture also comes in, with commas between; none until an import makes them.
ALTER TABLE media ADD COLUMN widths TEXT NOT NULL DEFAULT '';

-- Where pictures were fetched from, so that importing again fetches only what is new.
CREATE TABLE picture_source (
    url TEXT PRIMARY KEY,
    src TEXT NOT NULL REFERENCES media (src)
);
