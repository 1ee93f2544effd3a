-- A hook whose receiver said it is gone (410) stops until somebody starts it again.
ALTER TABLE webhooks ADD COLUMN stopped_at TEXT;

-- After a change of the secret, what is sent is signed with both for a while.
ALTER TABLE webhooks ADD COLUMN old_secret TEXT;

ALTER TABLE webhooks ADD COLUMN old_until TEXT;

CREATE INDEX webhooks_outlet ON webhooks (outlet_id, id);

-- What hooks are told, and how that went.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    webhook_id INTEGER NOT NULL REFERENCES webhooks,
    word TEXT NOT NULL UNIQUE,      -- names the delivery to its receiver, the same in every try
    event TEXT NOT NULL,
    payload TEXT NOT NULL,          -- the body as it is sent, JSON; never the text of an article
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
    tries INTEGER NOT NULL DEFAULT 0,
    status INTEGER,                 -- of the latest answer
    error TEXT,                     -- why the latest try failed
    next_at TEXT,
    tried_at TEXT,
    at TEXT NOT NULL
);

CREATE INDEX deliveries_webhook ON deliveries (webhook_id, id);

CREATE INDEX deliveries_at ON deliveries (at);

-- Checks of outlets that chose to keep them for some days, with the text as it was sent.
CREATE TABLE kept_checks (
    id INTEGER PRIMARY KEY,
    outlet_id INTEGER NOT NULL REFERENCES outlets,
    key_id INTEGER NOT NULL REFERENCES keys,
    article TEXT NOT NULL,          -- the id it was sent with
    title TEXT NOT NULL DEFAULT '',
    gate TEXT NOT NULL CHECK (gate IN ('pass', 'review', 'block')),
    incomplete INTEGER NOT NULL DEFAULT 0,
    rules TEXT NOT NULL DEFAULT '[]',            -- one for each finding
    format TEXT NOT NULL CHECK (format IN ('text', 'html')),
    lead TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    captions TEXT NOT NULL DEFAULT '[]',
    at TEXT NOT NULL
);

CREATE INDEX kept_checks_outlet ON kept_checks (outlet_id, at);
