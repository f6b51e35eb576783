-- Short videos (features.md 10 to 18): who may make them, the films, what they show, what is said of them.
-- Moments and lengths are milliseconds. Read by src/videos, src/features/{videos,feed,shares} and src/auth.

-- Which creator a phone number is, so that it can wait for its owner's first sign-in.
CREATE TABLE creator_owner (
    phone      TEXT PRIMARY KEY,
    handle     TEXT   NOT NULL REFERENCES creator (handle),
    granted_at BIGINT NOT NULL
);

CREATE TABLE video (
    id            TEXT PRIMARY KEY,
    creator       TEXT   NOT NULL REFERENCES creator (handle),
    state         TEXT   NOT NULL CHECK (state IN ('uploading', 'waiting', 'working', 'failed', 'ready',
                                                   'published', 'deleted')),
    fault         TEXT,
    caption_zh    TEXT   NOT NULL,
    caption_en    TEXT   NOT NULL,
    tags_zh       TEXT   NOT NULL DEFAULT '',                              -- with spaces between
    tags_en       TEXT   NOT NULL DEFAULT '',
    poster        TEXT   REFERENCES media (src),
    duration_ms   BIGINT NOT NULL DEFAULT 0,
    likes         BIGINT NOT NULL DEFAULT 0 CHECK (likes >= 0),
    shares_before BIGINT NOT NULL DEFAULT 0,                               -- what was there when it came here
    views         BIGINT NOT NULL DEFAULT 0,
    card_views    BIGINT NOT NULL DEFAULT 0,
    created_at    BIGINT NOT NULL,
    published_at  BIGINT,
    -- The file on its way: its name, the sender's word for it, and its size.
    file_name     TEXT   NOT NULL DEFAULT '',
    file_mark     TEXT   NOT NULL DEFAULT '',
    file_size     BIGINT NOT NULL DEFAULT 0,
    -- Making it ready: how much of 100, how often it was tried, and until when somebody is at it.
    progress      BIGINT NOT NULL DEFAULT 0,
    attempts      BIGINT NOT NULL DEFAULT 0,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    CHECK ((fault IS NULL) = (state <> 'failed')),
    CHECK (state <> 'published' OR (published_at IS NOT NULL AND poster IS NOT NULL))
);
CREATE INDEX video_shown ON video (published_at, id) WHERE state = 'published';
CREATE INDEX video_by_creator ON video (creator, created_at);
CREATE INDEX video_to_do ON video (created_at) WHERE state IN ('uploading', 'waiting', 'working');

-- The same film in sizes.
CREATE TABLE video_file (
    video  TEXT   NOT NULL REFERENCES video (id),
    src    TEXT   NOT NULL,                                                -- address below the origin
    width  BIGINT NOT NULL,
    height BIGINT NOT NULL,
    PRIMARY KEY (video, src)
);

CREATE TABLE video_subtitles (
    video TEXT NOT NULL REFERENCES video (id),
    lang  TEXT NOT NULL CHECK (lang IN ('zh-CN', 'en')),
    src   TEXT NOT NULL,
    PRIMARY KEY (video, lang)
);

CREATE TABLE video_product (
    video    TEXT   NOT NULL REFERENCES video (id),
    position BIGINT NOT NULL,
    product  TEXT   NOT NULL REFERENCES product (id),
    start_ms BIGINT NOT NULL CHECK (start_ms >= 0),
    end_ms   BIGINT NOT NULL,
    PRIMARY KEY (video, position),
    CHECK (end_ms > start_ms)
);

-- Who likes what: an account, or a guest's browser (`device:…`).
CREATE TABLE video_like (
    video TEXT   NOT NULL REFERENCES video (id),
    owner TEXT   NOT NULL,
    at    BIGINT NOT NULL,
    PRIMARY KEY (video, owner)
);

-- What was written. A comment that was taken away stays here for the record.
CREATE TABLE video_comment (
    id         TEXT PRIMARY KEY,                                           -- grows with time
    video      TEXT   NOT NULL REFERENCES video (id),
    reply_to   TEXT   REFERENCES video_comment (id),
    at         BIGINT NOT NULL,
    owner      TEXT   REFERENCES account (id),                             -- null: of the catalogue's members
    member     TEXT   REFERENCES member (id),
    by_creator BIGINT NOT NULL DEFAULT 0 CHECK (by_creator IN (0, 1)),
    text_zh    TEXT   NOT NULL,
    text_en    TEXT   NOT NULL,
    removed_at BIGINT,
    removed_by TEXT,
    CHECK ((owner IS NULL) <> (member IS NULL))
);
CREATE INDEX video_comment_by_video ON video_comment (video, id);
CREATE INDEX video_comment_by_reply ON video_comment (reply_to, id);
CREATE INDEX video_comment_by_owner ON video_comment (owner, at);

-- What people find wrong; `subject` is the comment, or the video itself.
CREATE TABLE video_report (
    subject TEXT   NOT NULL,
    owner   TEXT   NOT NULL REFERENCES account (id),
    video   TEXT   NOT NULL REFERENCES video (id),
    kind    TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (subject, owner)
);

-- Sightings that were counted, for as long as one may be told again.
CREATE TABLE video_sight (
    event TEXT PRIMARY KEY,
    at    BIGINT NOT NULL
);
CREATE INDEX video_sight_by_age ON video_sight (at);
