-- Who may come in, what they may spend, and who did what.

CREATE TABLE projects (
  id                   TEXT PRIMARY KEY,
  name                 TEXT NOT NULL,
  created_at           INTEGER NOT NULL,
  -- Kinds of personal data taken out before judging, as a JSON list.
  redact               TEXT NOT NULL DEFAULT '[]',
  -- 0: scores and counts stay, texts go once a job has ended.
  store_text           INTEGER NOT NULL DEFAULT 1 CHECK (store_text IN (0, 1)),
  -- Of a day in UTC; NULL: no limit.
  samples_per_day      INTEGER CHECK (samples_per_day >= 0),
  judge_tokens_per_day INTEGER CHECK (judge_tokens_per_day >= 0)
) STRICT, WITHOUT ROWID;

INSERT INTO projects (id, name, created_at) VALUES ('default', 'Default', 0);

CREATE TABLE access_keys (
  id           TEXT PRIMARY KEY,
  project      TEXT NOT NULL REFERENCES projects (id),
  name         TEXT NOT NULL,
  role         TEXT NOT NULL CHECK (role IN ('submit', 'read', 'run', 'admin')),
  -- The readable start of the key: it finds the row, the digest decides.
  prefix       TEXT NOT NULL UNIQUE,
  -- SHA-256 of the whole key in hex. The key itself is shown once and kept nowhere.
  digest       TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  created_by   TEXT NOT NULL,
  expires_at   INTEGER,
  last_used_at INTEGER,
  revoked_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX access_keys_by_project ON access_keys (project, id);

-- Half of what cookies and share links are signed with; the other half is ADMIN_KEY, which is not in the database.
CREATE TABLE signing_secret (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  secret TEXT NOT NULL
) STRICT;

-- Sessions somebody signed out of before their time was over.
CREATE TABLE ended_sessions (
  id    TEXT PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE share_links (
  project    TEXT NOT NULL,
  id         TEXT NOT NULL,
  run_id     TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX share_links_by_run ON share_links (project, run_id, id);

-- The cap stands in the row, so that going over it breaks the transaction that tried, whole.
CREATE TABLE quota_use (
  project TEXT NOT NULL,
  -- YYYY-MM-DD in UTC.
  day     TEXT NOT NULL,
  unit    TEXT NOT NULL CHECK (unit IN ('samples', 'judge_tokens')),
  used    INTEGER NOT NULL,
  cap     INTEGER,
  PRIMARY KEY (project, day, unit),
  CONSTRAINT within_daily_quota CHECK (cap IS NULL OR used <= cap)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_log (
  project TEXT NOT NULL,
  id      TEXT NOT NULL,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  target  TEXT,
  detail  TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_log_keeps_its_lines BEFORE UPDATE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_log_loses_no_line BEFORE DELETE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
