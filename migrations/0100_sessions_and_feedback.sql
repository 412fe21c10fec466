-- The session of a sample stands in its own row: a batch holds calls of many. And what the app's user said of the answer.

ALTER TABLE samples ADD COLUMN session_id TEXT;
ALTER TABLE samples ADD COLUMN feedback TEXT CHECK (feedback IN ('like', 'dislike'));

UPDATE samples SET session_id = calls.session_id
  FROM (SELECT id, session_id FROM jobs WHERE session_id IS NOT NULL) AS calls
  WHERE samples.job_id = calls.id;

-- Finds the calls of a session, and whether it has a sample of some id already.
CREATE INDEX samples_by_session ON samples (session_id, sample_id) WHERE session_id IS NOT NULL;
