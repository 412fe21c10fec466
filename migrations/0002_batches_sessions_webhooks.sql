-- Batches, sessions, webhooks, the brake before a dead provider, and who used which judgement.

ALTER TABLE jobs ADD COLUMN bad_rows INTEGER NOT NULL DEFAULT 0;
-- 1 once its samples stand in quota_use: a repeated transaction charges nothing twice.
ALTER TABLE jobs ADD COLUMN charged INTEGER NOT NULL DEFAULT 0;
-- What to do while the judge is away: `offline`, or NULL to wait for it.
ALTER TABLE jobs ADD COLUMN fallback TEXT;
-- The address the client used, for the links of a webhook; only with a callback_url.
ALTER TABLE jobs ADD COLUMN origin TEXT;

ALTER TABLE samples ADD COLUMN tags TEXT;
-- Keys of the judgements the sample rests on, as a JSON list; kept in the row because it costs no row of its own.
ALTER TABLE samples ADD COLUMN judgements TEXT;

-- Finished samples that rest on the judgement; 0: of an attempt that never finished.
ALTER TABLE judgements ADD COLUMN uses INTEGER NOT NULL DEFAULT 0;

CREATE TABLE batches (
  job_id      TEXT PRIMARY KEY,
  project     TEXT NOT NULL,
  format      TEXT NOT NULL CHECK (format IN ('json', 'jsonl', 'csv')),
  -- Settings for all rows, as JSON.
  options     TEXT NOT NULL,
  upload_key  TEXT NOT NULL,
  planned_at  INTEGER,
  -- Who plans or reports now: the attempt fences, the lease ends by itself.
  attempt     INTEGER NOT NULL DEFAULT 0,
  failures    INTEGER NOT NULL DEFAULT 0,
  lease_until INTEGER
) STRICT, WITHOUT ROWID;

-- The unit a consumer claims of a batch: samples first_seq..last_seq, their texts in one object.
CREATE TABLE chunks (
  job_id      TEXT NOT NULL,
  n           INTEGER NOT NULL,
  first_seq   INTEGER NOT NULL,
  last_seq    INTEGER NOT NULL,
  is_open     INTEGER NOT NULL DEFAULT 1,
  done        INTEGER NOT NULL DEFAULT 0,
  failed      INTEGER NOT NULL DEFAULT 0,
  attempt     INTEGER NOT NULL DEFAULT 0,
  failures    INTEGER NOT NULL DEFAULT 0,
  lease_until INTEGER,
  -- Not before.
  wake_at     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (job_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  project       TEXT NOT NULL,
  run_id        TEXT NOT NULL,
  session_id    TEXT NOT NULL,
  -- Grows with every finished or deleted job; the report is behind while built_version is less.
  version       INTEGER NOT NULL DEFAULT 0,
  built_version INTEGER NOT NULL DEFAULT 0,
  built_at      INTEGER NOT NULL DEFAULT 0,
  -- When the next build is due; NULL: the report is up to date.
  due_at        INTEGER,
  -- The job that made it due and sends the wake-up.
  due_by        TEXT,
  attempt       INTEGER NOT NULL DEFAULT 0,
  failures      INTEGER NOT NULL DEFAULT 0,
  lease_until   INTEGER,
  PRIMARY KEY (project, run_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX sessions_by_name ON sessions (project, session_id);
CREATE INDEX sessions_due ON sessions (due_at) WHERE due_at IS NOT NULL;

-- Webhooks: the row is written with the end of the job, so none is lost and none is sent for an end that was not.
CREATE TABLE deliveries (
  project      TEXT NOT NULL,
  id           TEXT NOT NULL,
  job_id       TEXT NOT NULL,
  event        TEXT NOT NULL,
  url          TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed', 'disabled')),
  created_at   INTEGER NOT NULL,
  delivered_at INTEGER,
  next_at      INTEGER,
  attempts     INTEGER NOT NULL DEFAULT 0,
  lease_until  INTEGER,
  -- One entry an attempt: when, status or reason, milliseconds.
  log          TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_by_job ON deliveries (project, job_id, id);
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL;

-- Receivers that answered 410.
CREATE TABLE disabled_callbacks (
  project     TEXT NOT NULL,
  url         TEXT NOT NULL,
  disabled_at INTEGER NOT NULL,
  PRIMARY KEY (project, url)
) STRICT, WITHOUT ROWID;

-- Stops judge work while the provider is away.
CREATE TABLE breaker (
  name     TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  openings INTEGER NOT NULL,
  until    INTEGER NOT NULL,
  -- 1 while one call tries whether the provider is back.
  probing  INTEGER NOT NULL DEFAULT 0,
  reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
