-- What stood before: boards and reports of a past day count what was decided on that day, also where it was decided
-- anew or taken back since. What stands now is where it always was; each row here is a stretch of time that is over.

-- What a finding stood at, from the moment it came to stand so until another decision or an undoing ended it.
CREATE TABLE past_standings (
    id INTEGER PRIMARY KEY,
    finding_id INTEGER NOT NULL REFERENCES findings ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('suggested', 'confirmed', 'dismissed', 'consult')),
    severity TEXT,                  -- as confirmed
    from_at TEXT NOT NULL,
    until_at TEXT NOT NULL
);

CREATE INDEX past_standings_finding ON past_standings (finding_id, until_at);

INSERT INTO past_standings (finding_id, state, severity, from_at, until_at)
WITH changed AS (
    SELECT finding_id FROM decisions WHERE NOT blind GROUP BY finding_id HAVING count(*) > 1 OR count(undone_at) > 0
), moments AS (
    SELECT finding_id, at FROM decisions WHERE NOT blind AND finding_id IN (SELECT finding_id FROM changed)
    UNION
    SELECT finding_id, undone_at FROM decisions
    WHERE NOT blind AND undone_at IS NOT NULL AND finding_id IN (SELECT finding_id FROM changed)
), stretches AS (
    SELECT finding_id, at AS from_at, lead(at) OVER (PARTITION BY finding_id ORDER BY at) AS until_at FROM moments
)
SELECT stretches.finding_id, coalesce(decisions.decision, 'suggested'), decisions.severity, from_at, until_at
FROM stretches LEFT JOIN decisions ON decisions.id = (
    SELECT max(id) FROM decisions AS own WHERE own.finding_id = stretches.finding_id AND NOT own.blind
    AND own.at <= from_at AND (own.undone_at IS NULL OR own.undone_at > from_at)
)
WHERE until_at IS NOT NULL;

-- When a clause counted as repaired until that was taken back.
CREATE TABLE past_repairs (
    id INTEGER PRIMARY KEY,
    finding_id INTEGER NOT NULL REFERENCES findings ON DELETE CASCADE,
    from_at TEXT NOT NULL,
    until_at TEXT NOT NULL
);

CREATE INDEX past_repairs_finding ON past_repairs (finding_id);

INSERT INTO past_repairs (finding_id, from_at, until_at)
SELECT json_extract(item.value, '$[0]'), repairs.at, undone.at
FROM trail AS undone JOIN trail AS repairs ON repairs.id = json_extract(undone.data, '$.line')
JOIN json_each(repairs.data, '$.before') AS item
WHERE undone.subject = 'version' AND undone.action = 'version.undo' AND repairs.action = 'version.repair'
AND json_extract(item.value, '$[1]') != 'repaired' AND json_extract(item.value, '$[0]') IN (SELECT id FROM findings);

-- When the review of a text stood closed until it was opened, or closed anew.
CREATE TABLE past_closings (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES versions ON DELETE CASCADE,
    from_at TEXT NOT NULL,
    until_at TEXT NOT NULL
);

CREATE INDEX past_closings_version ON past_closings (version_id);

INSERT INTO past_closings (version_id, from_at, until_at)
WITH steps AS (
    SELECT subject_id, action, at, lead(at) OVER (PARTITION BY subject_id ORDER BY id) AS until_at
    FROM trail WHERE subject = 'version' AND action IN ('review.close', 'review.reopen')
)
SELECT subject_id, at, until_at FROM steps
WHERE action = 'review.close' AND until_at IS NOT NULL AND subject_id IN (SELECT id FROM versions);

-- Until when a letter that was withdrawn had stood.
ALTER TABLE letters ADD COLUMN withdrawn_at TEXT;

UPDATE letters SET withdrawn_at = (
    SELECT max(at) FROM trail WHERE subject = 'letter' AND subject_id = letters.id AND action = 'letter.withdraw'
) WHERE state = 'withdrawn';

-- The moment a letter was recorded as sent: what its findings stood at then is what it tells.
ALTER TABLE letters ADD COLUMN sent_at TEXT;

UPDATE letters SET sent_at = (
    SELECT max(at) FROM trail WHERE subject = 'letter' AND subject_id = letters.id AND action = 'letter.send'
) WHERE sent_on IS NOT NULL;
