-- What each key was used for, by day; no text.
CREATE TABLE key_usage (
    key_id INTEGER NOT NULL REFERENCES keys,
    day TEXT NOT NULL,
    checks INTEGER NOT NULL DEFAULT 0,
    characters INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (key_id, day)
);

-- Where an outlet is told of checks, signed with a secret both know.
CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY,
    outlet_id INTEGER NOT NULL REFERENCES outlets,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    events TEXT NOT NULL DEFAULT '["check.block"]',
    removed_at TEXT,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL
);
