-- What the review needs beyond the ground: settings, the moment two blind reviews met, and ways to find what waits.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Set once, when both reviewers have finished: what they decided until then was decided without the other's view.
ALTER TABLE versions ADD COLUMN compared_at TEXT;

CREATE INDEX versions_compared ON versions (compared_at) WHERE compared_at IS NOT NULL;

-- These cover what the queue reads: the text of a version stands before its states in the row and is long.
CREATE INDEX versions_to_review ON versions (at, id, regulation_id, uploaded_by, second_id, second_at)
    WHERE reading = 'audited' AND reviewed_at IS NULL;

CREATE INDEX versions_seconds ON versions (at, id, regulation_id, second_id)
    WHERE wants_second = 1 AND second_at IS NULL AND reading = 'audited';

-- Findings of a version that wait for advice, kept with it as open_findings and s4_open are.
ALTER TABLE versions ADD COLUMN consults INTEGER NOT NULL DEFAULT 0;

UPDATE versions SET consults = (SELECT count(*) FROM findings WHERE version_id = versions.id AND state = 'consult');

CREATE INDEX versions_consults ON versions (id, regulation_id, second_id, second_at) WHERE consults > 0;

CREATE INDEX findings_standing ON findings (version_id, state, severity);

-- Decisions about what the machine itself proposed: carried and added findings say nothing of a rule's precision.
CREATE INDEX findings_machine ON findings (origin, carried_from, rule, state);

CREATE INDEX findings_decider ON findings (version_id, decided_by) WHERE decided_by IS NOT NULL;

CREATE INDEX waivers_end ON waivers (ends_on);

CREATE INDEX comments_finding ON comments (finding_id);
