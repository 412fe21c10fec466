-- Ids are ULIDs behind a prefix, so the key order is the time order and every list is a keyset scan of a primary key.

CREATE TABLE jobs (
  project         TEXT NOT NULL,
  id              TEXT NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('single', 'batch')),
  status          TEXT NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  started_at      INTEGER,
  finished_at     INTEGER,
  -- When to wake the job if nothing has happened by then; NULL once it has ended. The row is the outbox.
  wake_at         INTEGER,
  wakes           INTEGER NOT NULL DEFAULT 0,
  attempts        INTEGER NOT NULL DEFAULT 0,
  question        TEXT NOT NULL,
  name            TEXT,
  tags            TEXT NOT NULL DEFAULT '{}',
  session_id      TEXT,
  language        TEXT NOT NULL,
  metrics         TEXT NOT NULL,
  judge           TEXT NOT NULL,
  judge_model     TEXT,
  embedding_model TEXT,
  callback_url    TEXT,
  traceparent     TEXT,
  submitted_by    TEXT NOT NULL,
  -- Explicit idempotency key, or the payload itself for identical re-posts; unique while it is remembered.
  dedupe_key      TEXT,
  fingerprint     TEXT NOT NULL,
  total           INTEGER NOT NULL,
  done            INTEGER NOT NULL DEFAULT 0,
  failed          INTEGER NOT NULL DEFAULT 0,
  scores          TEXT NOT NULL DEFAULT '{}',
  outcomes        TEXT NOT NULL DEFAULT '{}',
  weighted_score  REAL,
  run_id          TEXT,
  error_code      TEXT,
  error_message   TEXT,
  warnings        TEXT NOT NULL DEFAULT '[]',
  contexts_received INTEGER,
  contexts_parsed INTEGER,
  usage           TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX jobs_by_status ON jobs (project, status, id);
CREATE INDEX jobs_to_wake ON jobs (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX jobs_by_run ON jobs (project, run_id) WHERE run_id IS NOT NULL;
CREATE INDEX jobs_by_session ON jobs (project, session_id, id) WHERE session_id IS NOT NULL;
CREATE UNIQUE INDEX jobs_by_dedupe_key ON jobs (project, dedupe_key) WHERE dedupe_key IS NOT NULL;

CREATE TABLE samples (
  job_id          TEXT NOT NULL,
  seq             INTEGER NOT NULL,
  sample_id       TEXT NOT NULL,
  status          TEXT NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  -- The fencing token: only the holder of the newest attempt may write a result.
  attempt         INTEGER NOT NULL DEFAULT 0,
  lease_until     INTEGER,
  question        TEXT NOT NULL,
  scores          TEXT,
  outcomes        TEXT,
  weighted_score  REAL,
  cause           TEXT,
  error_code      TEXT,
  error_message   TEXT,
  usage           TEXT,
  -- Where the evidence stands: bytes of an object in R2.
  evidence_key    TEXT,
  evidence_offset INTEGER,
  evidence_length INTEGER,
  -- The request as JSON, or the R2 key of it when it is large; last, so that lists never read it.
  input_key       TEXT,
  input           TEXT,
  PRIMARY KEY (job_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  project         TEXT NOT NULL,
  id              TEXT NOT NULL,
  mode            TEXT NOT NULL CHECK (mode IN ('single', 'batch', 'session')),
  name            TEXT,
  judge           TEXT NOT NULL,
  judge_model     TEXT,
  embedding_model TEXT,
  started_at      INTEGER NOT NULL,
  finished_at     INTEGER NOT NULL,
  total_samples   INTEGER NOT NULL,
  valid_samples   INTEGER NOT NULL,
  invalid_samples INTEGER NOT NULL,
  metrics         TEXT NOT NULL,
  metric_means    TEXT NOT NULL,
  intervals       TEXT NOT NULL,
  coverage        TEXT NOT NULL,
  advice_top      TEXT,
  tags            TEXT NOT NULL DEFAULT '{}',
  session_id      TEXT,
  -- Prefix of the artifacts in R2; a new build writes a new prefix and moves this pointer.
  artifacts_key   TEXT NOT NULL,
  etags           TEXT NOT NULL DEFAULT '{}',
  -- The report as JSON (without samples); last, so that lists never read it.
  report          TEXT NOT NULL,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgements (
  key        TEXT PRIMARY KEY,
  body       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Small facts of the service itself: when it swept last, what a model was seen to support.
CREATE TABLE facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
