-- Files: what was handed in or made, by content. One file of the store is all there is to back up.
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,             -- the name it came under first
    media TEXT NOT NULL,            -- media type it is served as, never text/html
    size INTEGER NOT NULL,
    at TEXT NOT NULL,
    data BLOB NOT NULL              -- last: what stands before a long value is read without it
);

-- Units: the province, its communes (code of the national list), villages.
CREATE TABLE units (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('province', 'commune', 'village')),
    parent_id INTEGER REFERENCES units,
    code TEXT UNIQUE,
    type TEXT NOT NULL,             -- tỉnh, xã, phường, thôn, bản, tổ dân phố…
    name TEXT NOT NULL,             -- without its type: "Bình Lư", "Nà Khương"
    households INTEGER,
    folded TEXT NOT NULL,           -- type and name without marks, to be searched
    active INTEGER NOT NULL DEFAULT 1,
    UNIQUE (parent_id, folded)
);

CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('press', 'local')),   -- báo chí, thông tin cơ sở
    in_scope INTEGER NOT NULL DEFAULT 1,                     -- counted in N of target 4
    scope_note TEXT NOT NULL DEFAULT '',
    policy TEXT NOT NULL DEFAULT '{}',
    active INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'reviewer', 'legal', 'commune', 'newsroom', 'viewer')),
    unit_id INTEGER REFERENCES units,
    outlet_id INTEGER REFERENCES outlets,
    password TEXT NOT NULL,
    must_change INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1,
    at TEXT NOT NULL
);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,     -- SHA-256 of what the cookie holds
    user_id INTEGER NOT NULL REFERENCES users,
    csrf TEXT NOT NULL,
    at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ends_at TEXT NOT NULL
);

CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE keys (
    id INTEGER PRIMARY KEY,
    outlet_id INTEGER NOT NULL REFERENCES outlets,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    secret TEXT NOT NULL UNIQUE,    -- SHA-256 of the key
    scopes TEXT NOT NULL DEFAULT '[]',
    created_by INTEGER REFERENCES users,
    at TEXT NOT NULL,
    ends_at TEXT,
    revoked_at TEXT,
    used_at TEXT,
    uses INTEGER NOT NULL DEFAULT 0
);

-- A regulation is what a village has; its versions are the texts it had.
CREATE TABLE regulations (
    id INTEGER PRIMARY KEY,
    unit_id INTEGER NOT NULL REFERENCES units,   -- the village
    name TEXT NOT NULL CHECK (name IN ('hương ước', 'quy ước')),
    title TEXT NOT NULL,
    folded TEXT NOT NULL,
    state TEXT NOT NULL,            -- the latest of its states
    state_on TEXT NOT NULL,
    version_id INTEGER REFERENCES versions,      -- the text in force or under way
    at TEXT NOT NULL
);

CREATE INDEX regulations_unit ON regulations (unit_id);

-- A version is one text as handed in. It waits without a regulation until a person has filed it.
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    regulation_id INTEGER REFERENCES regulations,
    number INTEGER,                 -- counts from 1 in its regulation
    upload_id INTEGER REFERENCES uploads,
    file_id INTEGER NOT NULL REFERENCES files,
    filename TEXT NOT NULL,
    reading TEXT NOT NULL CHECK (reading IN ('waiting', 'audited', 'unreadable', 'withdrawn')),
    error_code TEXT,
    error TEXT,
    ocr INTEGER NOT NULL DEFAULT 0,
    pages INTEGER,
    adopted_on TEXT,
    recognised_on TEXT,
    verdict TEXT NOT NULL DEFAULT 'unreviewed' CHECK (verdict IN ('unreviewed', 'clean', 'discriminating', 'consulting')),
    reviewed_by INTEGER REFERENCES users,
    reviewed_at TEXT,
    open_findings INTEGER NOT NULL DEFAULT 0,    -- gender findings not yet decided
    s4_open INTEGER NOT NULL DEFAULT 0,          -- confirmed S4 not yet repaired
    second_id INTEGER REFERENCES users,          -- the blind second reviewer, where one is asked for
    wants_second INTEGER NOT NULL DEFAULT 0,
    second_at TEXT,
    uploaded_by INTEGER REFERENCES users,
    at TEXT NOT NULL,
    particulars TEXT NOT NULL DEFAULT '{}',      -- what the text says of itself, a guess until filed
    text TEXT,                      -- the long ones last: lists of versions are read without them
    record TEXT                     -- the audit record without its findings, JSON
);

-- Holds all that the targets ask of a version: its row is long, with the whole text in it.
CREATE INDEX versions_regulation ON versions (regulation_id, number, adopted_on, recognised_on, reviewed_at, verdict, reading);

-- All that lists need of a version, so that they read none of its pages of text.
CREATE INDEX versions_listed ON versions (id, verdict, open_findings, s4_open);

-- All that boards ask of a version, so that they need not walk over its text.
CREATE INDEX versions_standing ON versions (regulation_id, id, verdict);

CREATE INDEX versions_file ON versions (file_id);

CREATE INDEX versions_upload ON versions (upload_id);

CREATE INDEX versions_unfiled ON versions (at) WHERE regulation_id IS NULL;

CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES versions,
    number INTEGER NOT NULL,
    file_id INTEGER NOT NULL REFERENCES files,
    UNIQUE (version_id, number)
);

CREATE TABLE uploads (
    id INTEGER PRIMARY KEY,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''   -- "draft" where a draft was handed in to be checked
);

CREATE INDEX uploads_note ON uploads (note, id) WHERE note != '';

-- What came with an upload, file by file: a new text, one that is kept already, an archive still to be opened, or one
-- that was refused with its reason.
CREATE TABLE upload_items (
    id INTEGER PRIMARY KEY,
    upload_id INTEGER NOT NULL REFERENCES uploads,
    parent_id INTEGER REFERENCES upload_items,   -- the archive it lay in
    filename TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('new', 'known', 'archive', 'refused')),
    file_id INTEGER REFERENCES files,
    version_id INTEGER REFERENCES versions,      -- the new text, or the one that is known already
    job_id INTEGER REFERENCES jobs,
    code TEXT,
    message TEXT,
    at TEXT NOT NULL
);

CREATE INDEX upload_items_upload ON upload_items (upload_id, id);

CREATE INDEX upload_items_version ON upload_items (version_id);

-- Every state a regulation went through (NĐ 61/2023), with the version it was about.
CREATE TABLE states (
    id INTEGER PRIMARY KEY,
    regulation_id INTEGER NOT NULL REFERENCES regulations,
    version_id INTEGER REFERENCES versions,
    state TEXT NOT NULL CHECK (state IN ('draft', 'posted', 'adopted', 'recognised', 'not_recognised', 'amending', 'suspended',
        'abolished')),
    on_date TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    document TEXT NOT NULL DEFAULT '',           -- number of the decision or minutes
    scope TEXT NOT NULL DEFAULT '' CHECK (scope IN ('whole', 'part', '')),   -- of a suspension or abolition
    due_on TEXT,                    -- until when a suspended text is to be put right, as its decision says
    user_id INTEGER REFERENCES users,
    undone_at TEXT,
    at TEXT NOT NULL
);

CREATE INDEX states_regulation ON states (regulation_id, on_date, id);

-- What the commune received about a regulation and has to answer in days: the file for recognition, a written report.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    regulation_id INTEGER NOT NULL REFERENCES regulations,
    kind TEXT NOT NULL CHECK (kind IN ('file', 'report')),
    on_date TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '' CHECK (source IN ('head', 'household', 'review', 'oversight', '')),   -- never a name
    note TEXT NOT NULL DEFAULT '',
    answered_on TEXT,
    document TEXT NOT NULL DEFAULT '',           -- number of the answer
    undone_at TEXT,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL
);

CREATE INDEX notices_regulation ON notices (regulation_id, on_date);

CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES versions,
    key TEXT NOT NULL,              -- stable id in the audit record; "p…" where a person added it
    origin TEXT NOT NULL CHECK (origin IN ('machine', 'person')),
    rule TEXT NOT NULL,
    category TEXT NOT NULL,
    severity TEXT NOT NULL,         -- as suggested
    confidence REAL NOT NULL,
    start INTEGER NOT NULL,         -- code points in the version's text, half open
    end INTEGER NOT NULL,
    data TEXT NOT NULL,             -- the finding of the audit record, JSON
    state TEXT NOT NULL DEFAULT 'suggested' CHECK (state IN ('suggested', 'confirmed', 'dismissed', 'consult')),
    final_severity TEXT,            -- as confirmed
    decided_by INTEGER REFERENCES users,
    decided_at TEXT,
    repair TEXT NOT NULL DEFAULT 'open' CHECK (repair IN ('open', 'recommended', 'repaired')),
    carried_from INTEGER REFERENCES findings,
    at TEXT NOT NULL,
    UNIQUE (version_id, key)
);

CREATE INDEX findings_version ON findings (version_id, start);

CREATE INDEX findings_state ON findings (state, severity, final_severity, version_id, decided_at, repair);

CREATE INDEX findings_confirmed ON findings (decided_at, version_id) WHERE state = 'confirmed';

CREATE INDEX findings_rule ON findings (rule, state);

-- Every decision ever taken; the latest not undone is what a finding stands at. Blind ones never change the finding.
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    finding_id INTEGER NOT NULL REFERENCES findings,
    user_id INTEGER NOT NULL REFERENCES users,
    decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'dismissed', 'consult')),
    severity TEXT,
    reason TEXT NOT NULL DEFAULT '',
    blind INTEGER NOT NULL DEFAULT 0,
    undone_at TEXT,
    at TEXT NOT NULL
);

CREATE INDEX decisions_finding ON decisions (finding_id, id);

CREATE TABLE comments (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES versions,
    finding_id INTEGER REFERENCES findings,
    user_id INTEGER NOT NULL REFERENCES users,
    text TEXT NOT NULL,
    at TEXT NOT NULL
);

CREATE INDEX comments_version ON comments (version_id);

-- A waiver takes a confirmed finding off the list of things to do until a day; it never makes a text clean.
CREATE TABLE waivers (
    id INTEGER PRIMARY KEY,
    finding_id INTEGER NOT NULL REFERENCES findings,
    reason TEXT NOT NULL,
    owner_id INTEGER NOT NULL REFERENCES users,
    ends_on TEXT NOT NULL,
    ended_at TEXT,
    user_id INTEGER NOT NULL REFERENCES users,
    at TEXT NOT NULL
);

CREATE INDEX waivers_finding ON waivers (finding_id);

-- Letters to communes (kiến nghị, NĐ 61/2023 Đ.12-14).
CREATE TABLE letters (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES versions,
    number TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'answered', 'closed', 'withdrawn')),
    sent_on TEXT,
    due_on TEXT,
    answered_on TEXT,
    answer TEXT NOT NULL DEFAULT '',
    paper TEXT NOT NULL DEFAULT '{}',            -- who writes and signs, JSON
    file_id INTEGER REFERENCES files,            -- the docx as it was sent
    user_id INTEGER NOT NULL REFERENCES users,
    at TEXT NOT NULL
);

CREATE INDEX letters_version ON letters (version_id);

CREATE INDEX letters_state ON letters (state, due_on);

CREATE TABLE letter_findings (
    letter_id INTEGER NOT NULL REFERENCES letters,
    finding_id INTEGER NOT NULL REFERENCES findings,
    PRIMARY KEY (letter_id, finding_id)
);

CREATE INDEX letter_findings_finding ON letter_findings (finding_id);

CREATE TABLE rounds (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    opens_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL
);

CREATE TABLE round_items (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES rounds,
    regulation_id INTEGER NOT NULL REFERENCES regulations,
    version_id INTEGER REFERENCES versions,
    verdict TEXT NOT NULL DEFAULT 'unreviewed',  -- of that version when the round began
    community_on TEXT,              -- the village's own review, around 18/11 (NĐ 61/2023 Đ.15 k.4)
    commune_on TEXT,                -- the commune's review (Đ.18 k.1 g)
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('keep', 'amend', 'suspend', 'abolish', '')),
    UNIQUE (round_id, regulation_id)
);

CREATE INDEX round_items_regulation ON round_items (regulation_id);

-- What lawyers have ticked: a rule approved, a citation reviewed. The latest line counts.
CREATE TABLE approvals (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL CHECK (subject IN ('rule', 'citation')),
    key TEXT NOT NULL,              -- id of the rule; LAW:ARTICLE.CLAUSE.POINT of the citation
    fingerprint TEXT NOT NULL,      -- of what was read: another wording asks for another approval
    approved INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    user_id INTEGER NOT NULL REFERENCES users,
    at TEXT NOT NULL
);

CREATE INDEX approvals_key ON approvals (subject, key, id);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    outlet_id INTEGER NOT NULL REFERENCES outlets,
    scan_id INTEGER REFERENCES scans,
    key TEXT NOT NULL,
    title TEXT,
    published_on TEXT,
    record TEXT NOT NULL,           -- the audit record, JSON: titles, findings and offsets, never the whole text
    suspect INTEGER NOT NULL DEFAULT 0,          -- how many gender findings the record has
    at TEXT NOT NULL
);

CREATE INDEX articles_outlet ON articles (outlet_id, published_on);

CREATE INDEX articles_scan ON articles (scan_id, suspect, id);

-- What people decided about the findings of articles; the latest not undone counts. Bulk measurements stay out of
-- ``findings``, which is for regulations.
CREATE TABLE article_decisions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles,
    finding TEXT NOT NULL,          -- id of the finding in the article's record
    decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'dismissed')),
    reason TEXT NOT NULL DEFAULT '',
    user_id INTEGER NOT NULL REFERENCES users,
    undone_at TEXT,
    at TEXT NOT NULL
);

CREATE INDEX article_decisions_article ON article_decisions (article_id, id);

-- One measurement of the B indicators of an outlet in a year.
CREATE TABLE scans (
    id INTEGER PRIMARY KEY,
    outlet_id INTEGER NOT NULL REFERENCES outlets,
    year INTEGER NOT NULL,
    file_id INTEGER REFERENCES files,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    articles INTEGER NOT NULL DEFAULT 0,         -- that count: of the outlet, of the year, each once
    result TEXT,                    -- figures as auditor.indicators gives them, JSON
    error TEXT,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL
);

CREATE TABLE questionnaires (
    id INTEGER PRIMARY KEY,
    outlet_id INTEGER NOT NULL REFERENCES outlets,
    year INTEGER NOT NULL,
    answers TEXT NOT NULL DEFAULT '{}',
    submitted_at TEXT,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL,
    UNIQUE (outlet_id, year)
);

-- Files that prove an answer of the A questionnaire, or one of the four conditions of target 4.
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    outlet_id INTEGER NOT NULL REFERENCES outlets,
    year INTEGER NOT NULL,
    subject TEXT NOT NULL,          -- id of an A question, "decision", "report" or "plan"
    file_id INTEGER NOT NULL REFERENCES files,
    filename TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    on_date TEXT,
    accepted_by INTEGER REFERENCES users,
    removed_at TEXT,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL
);

CREATE INDEX evidence_outlet ON evidence (outlet_id, year);

-- Communication events, for target 1.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    on_date TEXT NOT NULL,
    organiser TEXT NOT NULL,
    unit_id INTEGER REFERENCES units,
    title TEXT NOT NULL,
    form TEXT NOT NULL DEFAULT '',
    women INTEGER,
    men INTEGER,
    removed_at TEXT,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL
);

-- Yearly reports. An issued one is frozen: triggers refuse to alter it.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('province', 'ministry')),
    year INTEGER NOT NULL,
    cut_off TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'issued')),
    number TEXT NOT NULL DEFAULT '',
    narrative TEXT NOT NULL DEFAULT '{}',
    figures TEXT,                   -- what was issued, JSON
    sources TEXT,                   -- the documents behind every figure, JSON
    docx_id INTEGER REFERENCES files,
    xlsx_id INTEGER REFERENCES files,
    issued_on TEXT,
    issued_by INTEGER REFERENCES users,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL
);

CREATE TRIGGER reports_frozen BEFORE UPDATE ON reports WHEN old.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued report is frozen'); END;

CREATE TRIGGER reports_kept BEFORE DELETE ON reports WHEN old.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued report is frozen'); END;

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,         -- how often it was taken
    crashes INTEGER NOT NULL DEFAULT 0,          -- how often what it reads ended the process that read it
    worker TEXT,
    lease_until TEXT,
    not_before TEXT,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    error_code TEXT,
    error TEXT,
    user_id INTEGER REFERENCES users,
    at TEXT NOT NULL,
    ended_at TEXT
);

CREATE INDEX jobs_open ON jobs (state, id) WHERE state IN ('queued', 'running');

-- The audit trail: added to, never altered.
CREATE TABLE trail (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor INTEGER,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER,
    data TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX trail_subject ON trail (subject, subject_id, id);

CREATE INDEX trail_kind ON trail (subject, id);

CREATE INDEX trail_actor ON trail (actor, id);

CREATE TRIGGER trail_unaltered BEFORE UPDATE ON trail
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;

CREATE TRIGGER trail_kept BEFORE DELETE ON trail
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;

-- Search without marks: "dat dai" finds "đất đai". What is indexed is folded already.
CREATE VIRTUAL TABLE search USING fts5 (title, body, version_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 0');
