-- What the shop remembers about itself: name and area in both languages, the epoch of its event stream.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
