-- What a day looked like, people's judgement, and alerts.

-- Sums by day: a year of one metric and tag is 365 rows. The squares give the interval.
CREATE TABLE trend_days (
  project TEXT NOT NULL,
  metric  TEXT NOT NULL,
  -- `name=value`; empty: all samples.
  tag     TEXT NOT NULL,
  -- YYYY-MM-DD in UTC.
  day     TEXT NOT NULL,
  n       INTEGER NOT NULL,
  sum     REAL NOT NULL,
  squares REAL NOT NULL,
  PRIMARY KEY (project, metric, tag, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX trend_days_by_day ON trend_days (project, metric, day);

-- A run counts on the day it finished, in the very transaction that writes it, so nothing counts twice or not at all,
-- whoever writes runs and however often. A report built anew replaces what it gave before; a deleted run leaves its
-- day as it was. `totals` is missing in runs that must not count, such as rescored ones.
-- The count of tags is bounded: one that differs in every call is not worth a row a call.
CREATE TRIGGER runs_count_in_trends AFTER INSERT ON runs
BEGIN
  INSERT INTO trend_days (project, metric, tag, day, n, sum, squares)
    SELECT NEW.project, m.key, t.key, date(NEW.finished_at / 1000, 'unixepoch'),
      m.value ->> 0, m.value ->> 1, m.value ->> 2
    FROM json_each(NEW.report, '$.totals') AS t, json_each(t.value) AS m
    WHERE t.key = '' OR (SELECT count(*) FROM trend_days AS d WHERE d.project = NEW.project
      AND d.metric = m.key AND d.day = date(NEW.finished_at / 1000, 'unixepoch')) < 200
    ON CONFLICT (project, metric, tag, day) DO UPDATE SET
      n = n + excluded.n, sum = sum + excluded.sum, squares = squares + excluded.squares;
END;

CREATE TRIGGER runs_recount_in_trends AFTER UPDATE OF report ON runs
BEGIN
  UPDATE trend_days SET n = n - (o.value ->> 0), sum = sum - (o.value ->> 1), squares = squares - (o.value ->> 2)
    FROM (SELECT m.key AS metric, t.key AS tag, m.value AS value
          FROM json_each(OLD.report, '$.totals') AS t, json_each(t.value) AS m) AS o
    WHERE trend_days.project = OLD.project AND trend_days.metric = o.metric AND trend_days.tag = o.tag
      AND trend_days.day = date(OLD.finished_at / 1000, 'unixepoch');
  INSERT INTO trend_days (project, metric, tag, day, n, sum, squares)
    SELECT NEW.project, m.key, t.key, date(NEW.finished_at / 1000, 'unixepoch'),
      m.value ->> 0, m.value ->> 1, m.value ->> 2
    FROM json_each(NEW.report, '$.totals') AS t, json_each(t.value) AS m
    WHERE t.key = '' OR (SELECT count(*) FROM trend_days AS d WHERE d.project = NEW.project
      AND d.metric = m.key AND d.day = date(NEW.finished_at / 1000, 'unixepoch')) < 200
    ON CONFLICT (project, metric, tag, day) DO UPDATE SET
      n = n + excluded.n, sum = sum + excluded.sum, squares = squares + excluded.squares;
  DELETE FROM trend_days WHERE project = OLD.project AND n <= 0
    AND day = date(OLD.finished_at / 1000, 'unixepoch');
END;

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
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

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
