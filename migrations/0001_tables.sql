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
  -- Of a job of one sample, whose answer and name these are; as the question, the start.
  answer          TEXT,
  sample_id       TEXT,
  name            TEXT,
  tags            TEXT NOT NULL DEFAULT '{}',
  session_id      TEXT,
  language        TEXT NOT NULL,
  metrics         TEXT NOT NULL,
  judge           TEXT NOT NULL,
  judge_model     TEXT,
  embedding_model TEXT,
  -- What to do while the judge is away: `offline`, or NULL to wait for it.
  fallback        TEXT,
  callback_url    TEXT,
  -- The address the client used, for the links of a webhook; only with a callback_url.
  origin          TEXT,
  traceparent     TEXT,
  -- What the trace said that it came by, as JSON; NULL: it came by itself.
  trace           TEXT,
  submitted_by    TEXT NOT NULL,
  -- Explicit idempotency key, or the payload itself for identical re-posts; unique while it is remembered.
  dedupe_key      TEXT,
  fingerprint     TEXT NOT NULL,
  -- Whose names the rows of a submission had; NULL: not known yet.
  format          TEXT,
  -- Which way it came in; NULL: computed from another run.
  source          TEXT CHECK (source IN ('api', 'form', 'batch', 'dify-import', 'mcp', 'trace', 'test-set')),
  total           INTEGER NOT NULL,
  done            INTEGER NOT NULL DEFAULT 0,
  failed          INTEGER NOT NULL DEFAULT 0,
  bad_rows        INTEGER NOT NULL DEFAULT 0,
  -- 1 once its samples stand in quota_use: a repeated transaction charges nothing twice.
  charged         INTEGER NOT NULL DEFAULT 0,
  -- Of a batch: {metric: mean}.
  means           TEXT NOT NULL DEFAULT '{}',
  -- Of one sample, as in `samples`; so are cause and worst metric.
  outcomes        TEXT NOT NULL DEFAULT '{}',
  weighted_score  REAL,
  cause           TEXT,
  worst_metric    TEXT,
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
-- What was lost is seldom, and is told on every page.
CREATE INDEX jobs_with_losses ON jobs (project, id) WHERE failed + bad_rows > 0;
CREATE INDEX jobs_to_wake ON jobs (wake_at) WHERE wake_at IS NOT NULL;
-- The jobs of a run: only calls of a session share one. Elsewhere the run's id is the job's, behind another prefix.
CREATE INDEX jobs_by_session_run ON jobs (project, run_id) WHERE session_id IS NOT NULL AND run_id IS NOT NULL;
CREATE INDEX jobs_by_session ON jobs (project, session_id, id) WHERE session_id IS NOT NULL;
CREATE UNIQUE INDEX jobs_by_dedupe_key ON jobs (project, dedupe_key) WHERE dedupe_key IS NOT NULL;

-- Of a job of one sample the job says what it came to, where lists of jobs read it: question, answer, outcomes, weighted
-- score, cause, worst metric and usage are not written here again.
CREATE TABLE samples (
  job_id          TEXT NOT NULL,
  seq             INTEGER NOT NULL,
  sample_id       TEXT NOT NULL,
  status          TEXT NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  -- The fencing token: only the holder of the newest attempt may write a result.
  attempt         INTEGER NOT NULL DEFAULT 0,
  lease_until     INTEGER,
  -- How often a consumer stopped without a word while it held the work: what kills consumers must not do so for ever.
  crashes         INTEGER NOT NULL DEFAULT 0,
  -- The starts of the texts, for lists; the texts lie in R2 once the sample is scored.
  question        TEXT,
  answer          TEXT,
  tags            TEXT,
  -- Of the sample, not of the job alone: a batch holds calls of many sessions.
  session_id      TEXT,
  -- What the app's user said of the answer.
  feedback        TEXT CHECK (feedback IN ('like', 'dislike')),
  -- {metric: [value, how, …]}, see storage/short-json.ts.
  outcomes        TEXT,
  weighted_score  REAL,
  cause           TEXT,
  worst_metric    TEXT,
  -- What it could win at most were its main cause gone; NULL: no cause.
  gain            REAL,
  error_code      TEXT,
  error_message   TEXT,
  usage           TEXT,
  -- Keys of the judgements the sample rests on, as a JSON list; kept in the row because it costs no row of its own.
  judgements      TEXT,
  -- Where the evidence stands: bytes of an object in R2, whose key begins with project and run.
  evidence_part   TEXT,
  evidence_offset INTEGER,
  evidence_length INTEGER,
  -- The request as JSON while it waits, for a 202 means kept: a row is written anyway, an object would double what R2
  -- charges for. Once it is scored it goes and its pages are used again. A request beyond what a row holds lies in R2
  -- under this key. Last, so that lists never read it.
  input_key       TEXT,
  input           TEXT,
  PRIMARY KEY (job_id, seq)
) STRICT, WITHOUT ROWID;

-- Finds the calls of a session, and whether it has a sample of some id already.
CREATE INDEX samples_by_session ON samples (session_id, sample_id) WHERE session_id IS NOT NULL;

CREATE TABLE runs (
  project         TEXT NOT NULL,
  id              TEXT NOT NULL,
  mode            TEXT NOT NULL CHECK (mode IN ('single', 'batch', 'session')),
  name            TEXT,
  -- What a run of one sample is about, where its list reads it: a look at the job of each run doubled a page.
  question        TEXT,
  judge           TEXT NOT NULL,
  judge_model     TEXT,
  embedding_model TEXT,
  started_at      INTEGER NOT NULL,
  finished_at     INTEGER NOT NULL,
  total_samples   INTEGER NOT NULL,
  valid_samples   INTEGER NOT NULL,
  invalid_samples INTEGER NOT NULL,
  -- {metric: [mean, coverage, low, high]}; what is not known or 1 is left out at the end.
  metrics         TEXT NOT NULL,
  -- The cause the first advice is about, and how many samples have it as their main one.
  cause_top       TEXT,
  cause_samples   INTEGER,
  tags            TEXT NOT NULL DEFAULT '{}',
  session_id      TEXT,
  -- Whose artifacts in R2 count: a new build writes beside the old one and moves this pointer.
  attempt         INTEGER NOT NULL,
  -- Where the report stands among the artifacts that lie in one object; NULL: each is an object of its own.
  report_offset   INTEGER,
  report_length   INTEGER,
  -- 0: in no trend, as a run computed from another's judgements.
  is_counted      INTEGER NOT NULL CHECK (is_counted IN (0, 1)),
  -- {tag: {metric: [n, sum, squares]}}, kept because a report that is built anew takes back what it gave; NULL: the run
  -- has one sample, and its numbers and tags say it.
  totals          TEXT,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

-- What lists show of themselves: among the runs of single calls the others are few.
CREATE INDEX runs_of_many ON runs (project, id) WHERE mode <> 'single';

-- How a model judges while it works: replies with control claims, those that passed, verdicts asked twice, those that flipped.
CREATE TABLE judge_days (
  model      TEXT NOT NULL,
  day        TEXT NOT NULL,
  asked      INTEGER NOT NULL,
  held       INTEGER NOT NULL,
  twice      INTEGER NOT NULL,
  flipped    INTEGER NOT NULL,
  PRIMARY KEY (model, day)
) STRICT, WITHOUT ROWID;

-- What a model made of the check set, by the day it was put to it.
CREATE TABLE judge_measures (
  model      TEXT NOT NULL,
  day        TEXT NOT NULL,
  measured   TEXT NOT NULL,
  PRIMARY KEY (model, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgements (
  key        TEXT PRIMARY KEY,
  body       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Finished samples that rest on it; 0: of an attempt that never finished.
  uses       INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Small facts of the service itself: when it swept last, what a model was seen to support.
CREATE TABLE facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
  job_id      TEXT PRIMARY KEY,
  project     TEXT NOT NULL,
  format      TEXT NOT NULL CHECK (format IN ('json', 'jsonl', 'csv')),
  -- Settings for all rows, as JSON.
  options     TEXT NOT NULL,
  upload_key  TEXT NOT NULL,
  -- 1 while an app is asked for the answers: there is no upload to plan yet.
  is_asking   INTEGER NOT NULL DEFAULT 0 CHECK (is_asking IN (0, 1)),
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
  crashes     INTEGER NOT NULL DEFAULT 0,
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
  -- The id of the alert rule where it is about no job.
  job_id       TEXT NOT NULL,
  event        TEXT NOT NULL,
  -- Of a channel as people may see it.
  url          TEXT NOT NULL,
  -- accepted: taken by somebody who does not tell whether it arrives.
  state        TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'accepted', 'failed', 'disabled')),
  created_at   INTEGER NOT NULL,
  delivered_at INTEGER,
  next_at      INTEGER,
  attempts     INTEGER NOT NULL DEFAULT 0,
  lease_until  INTEGER,
  -- One entry an attempt: when, status or reason, milliseconds.
  log          TEXT NOT NULL DEFAULT '[]',
  -- What a webhook says when it is about no job: the body's `data` as JSON.
  payload      TEXT,
  -- Told by the messages of a channel, which has the due time; NULL: posted to its url alone.
  channel_id   TEXT,
  -- The message that tells of it, once one is made.
  message_id   TEXT,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_by_job ON deliveries (project, job_id, id);
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX deliveries_of_channel ON deliveries (project, channel_id, created_at, id) WHERE channel_id IS NOT NULL;
CREATE INDEX deliveries_waiting ON deliveries (project, channel_id, created_at, id)
  WHERE channel_id IS NOT NULL AND state = 'pending';

-- Where people are told.
CREATE TABLE channels (
  project        TEXT NOT NULL,
  id             TEXT NOT NULL,
  name           TEXT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('feishu', 'dingtalk', 'wecom', 'slack', 'teams', 'webhook', 'langfuse')),
  -- Address and secret are encrypted; the digest finds an address again, and people see what is masked.
  address        TEXT NOT NULL,
  address_digest TEXT NOT NULL,
  masked         TEXT NOT NULL,
  secret         TEXT,
  -- Names of events, as a JSON list.
  events         TEXT NOT NULL,
  language       TEXT NOT NULL CHECK (language IN ('zh', 'en')),
  -- Of the dashboard that links lead to; NULL: no links.
  origin         TEXT,
  created_at     INTEGER NOT NULL,
  created_by     TEXT NOT NULL,
  state          TEXT NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'off', 'refused')),
  -- What the bot said when it refused for good.
  refusal        TEXT,
  refused_at     INTEGER,
  -- When the next message is due; NULL: nothing waits.
  next_at        INTEGER,
  -- No message before.
  free_at        INTEGER NOT NULL DEFAULT 0,
  failures       INTEGER NOT NULL DEFAULT 0,
  -- The message under way and who sends it: the holder fences, the lease ends by itself.
  message_id     TEXT,
  holder         TEXT,
  lease_until    INTEGER,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX channels_by_address ON channels (project, address_digest);
CREATE INDEX channels_due ON channels (next_at) WHERE next_at IS NOT NULL;

-- Whoever writes what a channel has to tell makes it due with it.
CREATE TRIGGER channels_fall_due AFTER INSERT ON deliveries WHEN NEW.channel_id IS NOT NULL AND NEW.state = 'pending'
BEGIN
  UPDATE channels SET next_at = coalesce(next_at, max(NEW.created_at, free_at))
    WHERE project = NEW.project AND id = NEW.channel_id AND state = 'on';
END;

CREATE TRIGGER channels_fall_due_again AFTER UPDATE OF state ON deliveries
  WHEN NEW.channel_id IS NOT NULL AND NEW.state = 'pending' AND OLD.state <> 'pending'
BEGIN
  UPDATE channels SET next_at = coalesce(next_at, max(NEW.created_at, free_at))
    WHERE project = NEW.project AND id = NEW.channel_id AND state = 'on';
END;

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
  judge_tokens_per_day INTEGER CHECK (judge_tokens_per_day >= 0),
  -- US dollars of judge models with a known price, of a day and of a month in UTC; NULL: no limit.
  usd_per_day          REAL CHECK (usd_per_day >= 0),
  usd_per_month        REAL CHECK (usd_per_month >= 0),
  -- Criteria as a JSON list; submissions name them as criterion:<name>.
  criteria             TEXT NOT NULL DEFAULT '[]',
  -- [severe, warning, improve] by metric, as a JSON object; for reports made from now on.
  thresholds           TEXT NOT NULL DEFAULT '{}',
  -- Which runs of live traffic are scored, as a JSON object; NULL: as a new project has it.
  traces               TEXT
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
  -- YYYY-MM-DD in UTC; of `usd_month` YYYY-MM.
  day     TEXT NOT NULL,
  -- Dollars are counted in millionths.
  unit    TEXT NOT NULL CHECK (unit IN ('samples', 'judge_tokens', 'usd_day', 'usd_month')),
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

-- Wrong keys and failed sign-ins, counted by address and ten minutes. Shown among the lines of the audit log, whose own
-- table keeps every line for ever: a stranger must not be able to fill it, so this one is cut.
CREATE TABLE refused_keys (
  -- Sorts as the lines of the audit log do; made of the time and the address, so that one address has one row.
  id       TEXT PRIMARY KEY,
  at       INTEGER NOT NULL,
  address  TEXT NOT NULL,
  failures INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A line for a metric and whether it is crossed now.
CREATE TABLE alert_rules (
  project     TEXT NOT NULL,
  id          TEXT NOT NULL,
  metric      TEXT NOT NULL,
  tag         TEXT NOT NULL DEFAULT '',
  -- Fires when the mean is proven to be on this side of the threshold.
  side        TEXT NOT NULL CHECK (side IN ('below', 'above')),
  threshold   REAL NOT NULL,
  window_days INTEGER NOT NULL,
  webhook_url TEXT,
  created_at  INTEGER NOT NULL,
  created_by  TEXT NOT NULL,
  state       TEXT NOT NULL DEFAULT 'ok' CHECK (state IN ('ok', 'firing')),
  -- When the state last changed.
  changed_at  INTEGER,
  -- What was seen when it was last looked at, as JSON: mean, interval, n.
  seen        TEXT,
  -- When a run came that it was not looked at for; NULL: none.
  due_at      INTEGER,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_rules_due ON alert_rules (due_at) WHERE due_at IS NOT NULL;

-- One person's word on one claim, or on the whole sample (empty claim_id).
CREATE TABLE reviews (
  project     TEXT NOT NULL,
  run_id      TEXT NOT NULL,
  sample_id   TEXT NOT NULL,
  claim_id    TEXT NOT NULL,
  reviewer    TEXT NOT NULL,
  opinion     TEXT NOT NULL CHECK (opinion IN ('agree', 'disagree', 'unsure')),
  -- The verdict the person gives instead, if they named one.
  verdict     TEXT CHECK (verdict IN ('supported', 'contradicted', 'unsupported')),
  -- Which list the claim stands in, and what the judge said when it was reviewed: a verdict, or the sample's cause.
  claim_of    TEXT CHECK (claim_of IN ('answer', 'reference')),
  judged      TEXT,
  note        TEXT,
  reviewed_at INTEGER NOT NULL,
  PRIMARY KEY (project, run_id, sample_id, claim_id, reviewer)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER runs_take_their_reviews_along AFTER DELETE ON runs
BEGIN
  DELETE FROM reviews WHERE project = OLD.project AND run_id = OLD.id;
END;

-- What the last gate said of a run.
CREATE TABLE gate_verdicts (
  project     TEXT NOT NULL,
  run_id      TEXT NOT NULL,
  verdict     TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'inconclusive')),
  -- Metrics of the rules that decided it, as a JSON list.
  metrics     TEXT NOT NULL,
  base_run_id TEXT,
  judged_at   INTEGER NOT NULL,
  PRIMARY KEY (project, run_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER runs_take_their_verdict_along AFTER DELETE ON runs
BEGIN
  DELETE FROM gate_verdicts WHERE project = OLD.project AND run_id = OLD.id;
END;

-- One row a tag, so that a page of jobs with a tag is read from an index and not searched for among all jobs. Runs of a
-- tag are found by the tags of their jobs, whose ids they have behind another prefix. A session's run bears the name of
-- its first job, which may have other tags, or be gone: then it has rows of its own under that name.
CREATE TABLE job_tags (
  project TEXT NOT NULL,
  -- ["name","value"]: JSON, so that no name can be taken for the start of another's value.
  label   TEXT NOT NULL,
  job_id  TEXT NOT NULL,
  PRIMARY KEY (project, label, job_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER job_tags_of_new_job AFTER INSERT ON jobs WHEN NEW.tags <> '{}'
BEGIN
  INSERT INTO job_tags (project, label, job_id)
    SELECT NEW.project, json_array(tag.key, tag.value), NEW.id FROM json_each(NEW.tags) AS tag;
END;

CREATE TRIGGER job_tags_of_changed_job AFTER UPDATE OF tags ON jobs WHEN OLD.tags <> NEW.tags
BEGIN
  DELETE FROM job_tags WHERE project = OLD.project AND job_id = OLD.id
    AND label IN (SELECT json_array(tag.key, tag.value) FROM json_each(OLD.tags) AS tag);
  INSERT INTO job_tags (project, label, job_id)
    SELECT NEW.project, json_array(tag.key, tag.value), NEW.id FROM json_each(NEW.tags) AS tag;
END;

CREATE TRIGGER job_tags_of_session_run AFTER INSERT ON runs WHEN NEW.mode = 'session' AND NEW.tags <> '{}'
BEGIN
  INSERT INTO job_tags (project, label, job_id)
    SELECT NEW.project, json_array(tag.key, tag.value), 'job_' || substr(NEW.id, 5) FROM json_each(NEW.tags) AS tag
    WHERE true ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER job_tags_of_deleted_job AFTER DELETE ON jobs WHEN OLD.tags <> '{}'
BEGIN
  DELETE FROM job_tags WHERE (project, label, job_id) IN (
    SELECT OLD.project, json_array(tag.key, tag.value), OLD.id FROM json_each(OLD.tags) AS tag
    WHERE json_array(tag.key, tag.value) NOT IN (
      SELECT json_array(kept.key, kept.value) FROM runs CROSS JOIN json_each(runs.tags) AS kept
      WHERE runs.project = OLD.project AND runs.id = 'run_' || substr(OLD.id, 5) AND runs.mode = 'session'));
END;

CREATE TRIGGER job_tags_of_deleted_session_run AFTER DELETE ON runs WHEN OLD.mode = 'session' AND OLD.tags <> '{}'
BEGIN
  DELETE FROM job_tags WHERE (project, label, job_id) IN (
    SELECT OLD.project, json_array(tag.key, tag.value), 'job_' || substr(OLD.id, 5) FROM json_each(OLD.tags) AS tag
    WHERE json_array(tag.key, tag.value) NOT IN (
      SELECT json_array(kept.key, kept.value) FROM jobs CROSS JOIN json_each(jobs.tags) AS kept
      WHERE jobs.project = OLD.project AND jobs.id = 'job_' || substr(OLD.id, 5)));
END;

-- What a day looked like. A day of a tag is one row with the sums of all its metrics: what a finished run writes does
-- not grow with them.

CREATE TABLE trends (
  project TEXT NOT NULL,
  -- `name=value`; empty: all samples.
  tag     TEXT NOT NULL,
  -- YYYY-MM-DD in UTC.
  day     TEXT NOT NULL,
  -- {metric: [n, sum, squares]}; the squares give the interval. Where values stand for several (sampled traffic) five more
  -- sums follow, of weights w and values x: w, wx, ww, wwx, wwxx.
  sums    TEXT NOT NULL,
  -- How often something was added.
  added   INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (project, tag, day)
) STRICT, WITHOUT ROWID;

-- The tags of a time without reading their days. `busy` follows `added` of the tag's last day in powers of two, so
-- that it is seldom written.
CREATE TABLE trend_tags (
  project  TEXT NOT NULL,
  tag      TEXT NOT NULL,
  last_day TEXT NOT NULL,
  busy     INTEGER NOT NULL,
  PRIMARY KEY (project, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX trend_tags_by_day ON trend_tags (project, last_day DESC, busy DESC);

-- One metric of a day and tag, as a query wants it.
CREATE VIEW trend_days AS
  SELECT t.project, m.key AS metric, t.tag, t.day, m.value ->> 0 AS n, m.value ->> 1 AS sum, m.value ->> 2 AS squares,
    coalesce(m.value ->> 3, m.value ->> 0) AS w, coalesce(m.value ->> 4, m.value ->> 1) AS wx,
    coalesce(m.value ->> 5, m.value ->> 0) AS ww, coalesce(m.value ->> 6, m.value ->> 1) AS wwx,
    coalesce(m.value ->> 7, m.value ->> 2) AS wwxx
  FROM trends AS t, json_each(t.sums) AS m;

-- A run counts on the day it finished, in the very transaction that writes it, so nothing counts twice or not at all,
-- whoever writes runs and however often. Rescored runs do not count (`is_counted`).
-- Never holds a row: what would be inserted is counted instead, for the two triggers of `runs` below. A table and no view,
-- because a copy of the database has its triggers before its views.
CREATE TABLE counted_runs (
  project TEXT NOT NULL PRIMARY KEY,
  day     TEXT NOT NULL,
  totals  TEXT
) STRICT, WITHOUT ROWID;

-- Bounded: a tag that differs in every call is not worth a row a call, nor a name of a metric that does.
-- The rows of `trends` a run changes are found by their key: left to itself SQLite, which knows no sizes here, took all
-- days of all tags first and looked into the report for each. CROSS JOIN and lists of keys leave it no choice.
CREATE TRIGGER counted_runs_count BEFORE INSERT ON counted_runs
BEGIN
  INSERT INTO trends (project, tag, day, sums)
    SELECT NEW.project, t.key, NEW.day, t.value
    FROM json_each(NEW.totals) AS t
    WHERE t.key = ''
      OR EXISTS (SELECT 1 FROM trends AS k WHERE k.project = NEW.project AND k.tag = t.key AND k.day = NEW.day)
      OR (SELECT count(*) FROM trend_tags AS k WHERE k.project = NEW.project AND k.last_day = NEW.day) < 200
    ON CONFLICT (project, tag, day) DO UPDATE SET added = added + 1, sums = (
      SELECT json_group_object(key, json(CASE weighted WHEN 0 THEN printf('[%d,%!.17g,%!.17g]', n, s, q)
          ELSE printf('[%d,%!.17g,%!.17g,%!.17g,%!.17g,%!.17g,%!.17g,%!.17g]', n, s, q, w, wx, ww, wwx, wwxx) END)) FROM (
        SELECT key, sum(value ->> 0) AS n, sum(value ->> 1) AS s, sum(value ->> 2) AS q, count(value ->> 3) AS weighted,
            sum(coalesce(value ->> 3, value ->> 0)) AS w, sum(coalesce(value ->> 4, value ->> 1)) AS wx,
            sum(coalesce(value ->> 5, value ->> 0)) AS ww, sum(coalesce(value ->> 6, value ->> 1)) AS wwx,
            sum(coalesce(value ->> 7, value ->> 2)) AS wwxx FROM (
          SELECT key, value FROM json_each(trends.sums)
          UNION ALL
          SELECT key, value FROM json_each(excluded.sums)
          WHERE key IN (SELECT key FROM json_each(trends.sums)) OR (SELECT count(*) FROM json_each(trends.sums)) < 200
        ) GROUP BY key));
  INSERT INTO trend_tags (project, tag, last_day, busy)
    SELECT k.project, k.tag, k.day, k.added
    FROM json_each(NEW.totals) AS t CROSS JOIN trends AS k
    WHERE t.key <> '' AND k.project = NEW.project AND k.tag = t.key AND k.day = NEW.day AND k.added & (k.added - 1) = 0
    ON CONFLICT (project, tag) DO UPDATE SET last_day = excluded.last_day, busy = excluded.busy
      WHERE excluded.last_day >= last_day;
  SELECT RAISE(IGNORE);
END;

CREATE TRIGGER runs_count_in_trends AFTER INSERT ON runs WHEN NEW.is_counted = 1
BEGIN
  INSERT INTO counted_runs (project, day, totals)
    SELECT NEW.project, date(NEW.finished_at / 1000, 'unixepoch'), coalesce(NEW.totals, (
      SELECT json_group_object(tag, json(sums)) FROM (
        SELECT '' AS tag UNION ALL SELECT key || '=' || value FROM json_each(NEW.tags)),
        (SELECT json_group_object(key, json(printf('[1,%!.17g,%!.17g]', value ->> 0, (value ->> 0) * (value ->> 0)))) AS sums
          FROM json_each(NEW.metrics) WHERE value ->> 0 IS NOT NULL)));
END;

-- A report built anew replaces what it gave before; a deleted run leaves its day as it was.
CREATE TRIGGER runs_recount_in_trends AFTER UPDATE OF totals, finished_at ON runs
  WHEN NEW.is_counted = 1 AND NEW.totals IS NOT NULL AND (OLD.totals IS NOT NEW.totals
    OR date(OLD.finished_at / 1000, 'unixepoch') <> date(NEW.finished_at / 1000, 'unixepoch'))
BEGIN
  UPDATE trends SET sums = (
      SELECT json_group_object(key, json(CASE weighted WHEN 0 THEN printf('[%d,%!.17g,%!.17g]', n, s, q)
          ELSE printf('[%d,%!.17g,%!.17g,%!.17g,%!.17g,%!.17g,%!.17g,%!.17g]', n, s, q, w, wx, ww, wwx, wwxx) END)) FROM (
        SELECT key, sum(value ->> 0) AS n, sum(value ->> 1) AS s, sum(value ->> 2) AS q, count(value ->> 3) AS weighted,
            sum(coalesce(value ->> 3, value ->> 0)) AS w, sum(coalesce(value ->> 4, value ->> 1)) AS wx,
            sum(coalesce(value ->> 5, value ->> 0)) AS ww, sum(coalesce(value ->> 6, value ->> 1)) AS wwx,
            sum(coalesce(value ->> 7, value ->> 2)) AS wwxx FROM (
          SELECT key, value FROM json_each(trends.sums)
          UNION ALL
          SELECT key, json_array(-(value ->> 0), -(value ->> 1), -(value ->> 2))
          FROM json_each((SELECT value FROM json_each(OLD.totals) WHERE key = trends.tag))
          WHERE key IN (SELECT key FROM json_each(trends.sums))
        ) GROUP BY key HAVING n > 0))
    WHERE (project, tag, day) IN (
      SELECT OLD.project, key, date(OLD.finished_at / 1000, 'unixepoch') FROM json_each(OLD.totals));
  INSERT INTO counted_runs (project, day, totals)
    VALUES (NEW.project, date(NEW.finished_at / 1000, 'unixepoch'), NEW.totals);
  DELETE FROM trends WHERE sums = '{}' AND (project, tag, day) IN (
    SELECT OLD.project, key, date(OLD.finished_at / 1000, 'unixepoch') FROM json_each(OLD.totals));
END;

-- Who judged on a day: where that changes trends say so. A row a judge and day, however many runs there are.
CREATE TABLE trend_judges (
  project TEXT NOT NULL,
  day     TEXT NOT NULL,
  -- As runs name it: `decision:clef-flash`.
  judge   TEXT NOT NULL,
  PRIMARY KEY (project, day, judge)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER runs_name_their_judge AFTER INSERT ON runs WHEN NEW.is_counted = 1
BEGIN
  INSERT INTO trend_judges (project, day, judge)
    VALUES (NEW.project, date(NEW.finished_at / 1000, 'unixepoch'), NEW.judge) ON CONFLICT DO NOTHING;
END;

-- A new or newer report is what the alerts of its project wait for.
CREATE TRIGGER runs_make_alerts_due AFTER INSERT ON runs
BEGIN
  UPDATE alert_rules SET due_at = NEW.finished_at WHERE project = NEW.project AND due_at IS NULL;
END;

CREATE TRIGGER newer_runs_make_alerts_due AFTER UPDATE OF finished_at ON runs
BEGIN
  UPDATE alert_rules SET due_at = NEW.finished_at WHERE project = NEW.project AND due_at IS NULL;
END;

-- Live traffic: traces of runs, until they are put together and what they say goes the way of every sample.

CREATE TABLE traces (
  project      TEXT NOT NULL,
  -- Of the trace, 32 hex digits.
  id           TEXT NOT NULL,
  arrived_at   INTEGER NOT NULL,
  -- When to look whether it is complete; NULL: it has been put together.
  due_at       INTEGER,
  submitted_by TEXT NOT NULL,
  outcome      TEXT NOT NULL DEFAULT 'open',
  -- The sender's name of the run, the same in every replay; only in the first trace of it.
  run_key      TEXT,
  origin       TEXT,
  spans        INTEGER NOT NULL DEFAULT 0,
  passages     INTEGER,
  job_id       TEXT,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX traces_due ON traces (due_at, project) WHERE due_at IS NOT NULL;
CREATE INDEX traces_by_time ON traces (project, arrived_at);
CREATE UNIQUE INDEX traces_by_run ON traces (project, run_key) WHERE run_key IS NOT NULL;

-- What one request brought of a trace. Written once, and gone when the trace has been put together.
CREATE TABLE trace_parts (
  project    TEXT NOT NULL,
  trace_id   TEXT NOT NULL,
  -- A digest of what is kept: what comes twice is there once.
  id         TEXT NOT NULL,
  arrived_at INTEGER NOT NULL,
  spans      INTEGER NOT NULL,
  bytes      INTEGER NOT NULL,
  -- The observations as JSON; NULL: too long for a row, so they lie in R2.
  body       TEXT,
  PRIMARY KEY (project, trace_id, id)
) STRICT, WITHOUT ROWID;

-- What came on a day in UTC and what became of it, by name, as a JSON object.
CREATE TABLE trace_days (
  project TEXT NOT NULL,
  day     TEXT NOT NULL,
  counts  TEXT NOT NULL,
  PRIMARY KEY (project, day)
) STRICT, WITHOUT ROWID;

-- Questions with what is known of their right answers. The version is a hash of the hashes of the items.
CREATE TABLE test_sets (
  project    TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  version    TEXT NOT NULL,
  items      INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE test_items (
  set_id TEXT NOT NULL,
  id     TEXT NOT NULL,
  -- Its place in the list.
  place  INTEGER NOT NULL,
  hash   TEXT NOT NULL,
  item   TEXT NOT NULL,
  PRIMARY KEY (set_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX test_items_in_order ON test_items (set_id, place, id);

-- Apps that are asked.
CREATE TABLE targets (
  project      TEXT NOT NULL,
  id           TEXT NOT NULL,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL,
  -- What its key opens: chat, workflow and the like.
  mode         TEXT NOT NULL,
  base_url     TEXT NOT NULL,
  -- Encrypted; NULL: the app wants none, or the address changed.
  api_key      TEXT,
  -- How it is asked and read, as JSON.
  options      TEXT NOT NULL,
  -- What the app said that it wants, as a JSON list.
  inputs       TEXT NOT NULL,
  asks_per_day INTEGER,
  created_at   INTEGER NOT NULL,
  created_by   TEXT NOT NULL,
  -- What one question took, as JSON.
  trial        TEXT,
  -- Asks under way at once, and those answered since that number changed.
  slots        INTEGER NOT NULL DEFAULT 2,
  streak       INTEGER NOT NULL DEFAULT 0,
  -- Of one day in UTC.
  asked_day    TEXT NOT NULL DEFAULT '',
  asked        INTEGER NOT NULL DEFAULT 0,
  -- When to see whether somebody still asks it; NULL: nothing is left to ask.
  due_at       INTEGER,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX targets_due ON targets (due_at) WHERE due_at IS NOT NULL;

-- A test set put to one or several apps.
CREATE TABLE experiments (
  project     TEXT NOT NULL,
  id          TEXT NOT NULL,
  name        TEXT,
  set_id      TEXT NOT NULL,
  set_version TEXT NOT NULL,
  base_run_id TEXT,
  -- Rules of its gate, as a JSON list.
  rules       TEXT NOT NULL,
  schedule_id TEXT,
  created_at  INTEGER NOT NULL,
  created_by  TEXT NOT NULL,
  -- When to see whether all of its runs have ended; NULL: nothing to see, or it was seen.
  due_at      INTEGER,
  -- What came of it, as JSON; NULL: it has not ended.
  result      TEXT,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX experiments_due ON experiments (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX experiments_of_schedule ON experiments (project, schedule_id, id) WHERE schedule_id IS NOT NULL;
CREATE INDEX experiments_of_set ON experiments (project, set_id, id);

-- A run of an experiment: one app asked for all items. It is the batch job of the same id.
CREATE TABLE experiment_runs (
  project       TEXT NOT NULL,
  experiment_id TEXT NOT NULL,
  n             INTEGER NOT NULL,
  job_id        TEXT NOT NULL UNIQUE,
  target_id     TEXT NOT NULL,
  label         TEXT NOT NULL,
  -- Sent with every question, as JSON.
  inputs        TEXT NOT NULL,
  total         INTEGER NOT NULL,
  -- Why asking stopped before its end, as JSON.
  stopped       TEXT,
  -- The last error and how often it came in a row.
  last_error    TEXT,
  same_errors   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (project, experiment_id, n)
) STRICT, WITHOUT ROWID;

-- One question to one app.
CREATE TABLE asks (
  job_id      TEXT NOT NULL,
  seq         INTEGER NOT NULL,
  target_id   TEXT NOT NULL,
  item_id     TEXT NOT NULL,
  -- The item as it was when the experiment began.
  item        TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'asking', 'done')),
  -- The fencing token: only the holder of the newest attempt may write a result.
  attempt     INTEGER NOT NULL DEFAULT 0,
  lease_until INTEGER,
  -- Not before.
  wake_at     INTEGER NOT NULL DEFAULT 0,
  -- Times it may have reached the app and no answer came; it is looked up before it is asked again.
  lost        INTEGER NOT NULL DEFAULT 0,
  failures    INTEGER NOT NULL DEFAULT 0,
  -- Ids the app gave, as JSON.
  handle      TEXT,
  outcome     TEXT CHECK (outcome IN ('answered', 'app_error', 'canned', 'paused', 'timed_out', 'unknown', 'not_asked')),
  why         TEXT,
  ms          INTEGER,
  cost        TEXT,
  -- Answer and contexts until they are rows of the job; what a row cannot hold lies in R2.
  reply       TEXT,
  PRIMARY KEY (job_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX asks_open ON asks (target_id, state, job_id, seq) WHERE state <> 'done';

-- A run that has ended asks nothing more, and is a reason to look whether its experiment is over.
CREATE TRIGGER experiments_fall_due AFTER UPDATE OF status ON jobs
  WHEN NEW.source = 'test-set' AND NEW.status IN ('completed', 'failed', 'cancelled') AND OLD.status <> NEW.status
BEGIN
  UPDATE asks SET state = 'done', outcome = 'not_asked', lease_until = NULL WHERE job_id = NEW.id AND state <> 'done';
  UPDATE experiments SET due_at = NEW.updated_at
    WHERE (project, id) IN (SELECT project, experiment_id FROM experiment_runs WHERE job_id = NEW.id);
END;

-- Experiments that start by themselves.
CREATE TABLE schedules (
  project     TEXT NOT NULL,
  id          TEXT NOT NULL,
  name        TEXT NOT NULL,
  -- The experiment, as JSON.
  plan        TEXT NOT NULL,
  every_hours INTEGER NOT NULL,
  -- When the next one starts; NULL: it is switched off.
  next_at     INTEGER,
  -- When to look for that: not later than the queue can keep a message.
  due_at      INTEGER,
  created_at  INTEGER NOT NULL,
  created_by  TEXT NOT NULL,
  -- The address the client used, for links.
  origin      TEXT,
  -- Why the last one did not start, as JSON.
  problem     TEXT,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX schedules_due ON schedules (due_at) WHERE due_at IS NOT NULL;
