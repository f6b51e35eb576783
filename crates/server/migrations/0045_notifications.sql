-- The notification centre: what happened, for one person each, and how many of them are unread. Read by
-- src/notices.

CREATE TABLE notification (
    id         TEXT PRIMARY KEY,
    owner      TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    read       BIGINT NOT NULL CHECK (read IN (0, 1)),
    subject_zh TEXT   NOT NULL,
    subject_en TEXT   NOT NULL,
    -- Somebody whom it names, masked; empty for most.
    who_zh     TEXT   NOT NULL,
    who_en     TEXT   NOT NULL,
    -- JSON of contract::notifications::Notice.
    notice     TEXT   NOT NULL
);
CREATE INDEX notification_by_owner ON notification (owner, at, id);

CREATE TABLE notification_count (
    owner  TEXT PRIMARY KEY,
    unread BIGINT NOT NULL CHECK (unread >= 0)
);
