-- A day of a tag is one row with the sums of all its metrics: what a finished run writes no longer grows with them.

CREATE TABLE trends (
  project TEXT NOT NULL,
  -- `name=value`; empty: all samples.
  tag     TEXT NOT NULL,
  -- YYYY-MM-DD in UTC.
  day     TEXT NOT NULL,
  -- {metric: [n, sum, squares]}; the squares give the interval.
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

DROP TRIGGER runs_count_in_trends;
DROP TRIGGER runs_recount_in_trends;

INSERT INTO trends (project, tag, day, sums, added)
  SELECT project, tag, day, json_group_object(metric, json(printf('[%d,%!.17g,%!.17g]', n, sum, squares))), max(n)
  FROM trend_days WHERE n > 0 GROUP BY project, tag, day;
INSERT INTO trend_tags (project, tag, last_day, busy)
  SELECT project, tag, max(day), added FROM trends WHERE tag <> '' GROUP BY project, tag;
DROP TABLE trend_days;

-- One metric of a day and tag, as a query wants it.
CREATE VIEW trend_days AS
  SELECT t.project, m.key AS metric, t.tag, t.day, m.value ->> 0 AS n, m.value ->> 1 AS sum, m.value ->> 2 AS squares
  FROM trends AS t, json_each(t.sums) AS m;

-- A run counts on the day it finished, in the very transaction that writes it, so nothing counts twice or not at all,
-- whoever writes runs and however often. `totals` is missing in runs that must not count, such as rescored ones.
-- Bounded: a tag that differs in every call is not worth a row a call, nor a name of a metric that does.
CREATE TRIGGER runs_count_in_trends AFTER INSERT ON runs
BEGIN
  INSERT INTO trends (project, tag, day, sums)
    SELECT NEW.project, t.key, date(NEW.finished_at / 1000, 'unixepoch'), t.value
    FROM json_each(NEW.report, '$.totals') AS t
    WHERE t.key = ''
      OR EXISTS (SELECT 1 FROM trends AS k WHERE k.project = NEW.project AND k.tag = t.key
        AND k.day = date(NEW.finished_at / 1000, 'unixepoch'))
      OR (SELECT count(*) FROM trend_tags AS k WHERE k.project = NEW.project
        AND k.last_day = date(NEW.finished_at / 1000, 'unixepoch')) < 200
    ON CONFLICT (project, tag, day) DO UPDATE SET added = added + 1, sums = (
      SELECT json_group_object(key, json(printf('[%d,%!.17g,%!.17g]', n, s, q))) FROM (
        SELECT key, sum(value ->> 0) AS n, sum(value ->> 1) AS s, sum(value ->> 2) AS q FROM (
          SELECT key, value FROM json_each(trends.sums)
          UNION ALL
          SELECT key, value FROM json_each(excluded.sums)
          WHERE key IN (SELECT key FROM json_each(trends.sums)) OR (SELECT count(*) FROM json_each(trends.sums)) < 200
        ) GROUP BY key));
  INSERT INTO trend_tags (project, tag, last_day, busy)
    SELECT k.project, k.tag, k.day, k.added
    FROM json_each(NEW.report, '$.totals') AS t
    JOIN trends AS k ON k.project = NEW.project AND k.tag = t.key AND k.day = date(NEW.finished_at / 1000, 'unixepoch')
    WHERE t.key <> '' AND k.added & (k.added - 1) = 0
    ON CONFLICT (project, tag) DO UPDATE SET last_day = excluded.last_day, busy = excluded.busy
      WHERE excluded.last_day >= last_day;
END;

-- A report built anew replaces what it gave before; a deleted run leaves its day as it was.
CREATE TRIGGER runs_recount_in_trends AFTER UPDATE OF report ON runs
  WHEN OLD.report -> '$.totals' IS NOT NEW.report -> '$.totals'
    OR date(OLD.finished_at / 1000, 'unixepoch') <> date(NEW.finished_at / 1000, 'unixepoch')
BEGIN
  UPDATE trends SET sums = (
      SELECT json_group_object(key, json(printf('[%d,%!.17g,%!.17g]', n, s, q))) FROM (
        SELECT key, sum(value ->> 0) AS n, sum(value ->> 1) AS s, sum(value ->> 2) AS q FROM (
          SELECT key, value FROM json_each(trends.sums)
          UNION ALL
          SELECT key, json_array(-(value ->> 0), -(value ->> 1), -(value ->> 2)) FROM json_each(o.sums)
          WHERE key IN (SELECT key FROM json_each(trends.sums))
        ) GROUP BY key HAVING n > 0))
    FROM (SELECT t.key AS tag, t.value AS sums FROM json_each(OLD.report, '$.totals') AS t) AS o
    WHERE trends.project = OLD.project AND trends.tag = o.tag
      AND trends.day = date(OLD.finished_at / 1000, 'unixepoch');
  INSERT INTO trends (project, tag, day, sums)
    SELECT NEW.project, t.key, date(NEW.finished_at / 1000, 'unixepoch'), t.value
    FROM json_each(NEW.report, '$.totals') AS t
    WHERE t.key = ''
      OR EXISTS (SELECT 1 FROM trends AS k WHERE k.project = NEW.project AND k.tag = t.key
        AND k.day = date(NEW.finished_at / 1000, 'unixepoch'))
      OR (SELECT count(*) FROM trend_tags AS k WHERE k.project = NEW.project
        AND k.last_day = date(NEW.finished_at / 1000, 'unixepoch')) < 200
    ON CONFLICT (project, tag, day) DO UPDATE SET added = added + 1, sums = (
      SELECT json_group_object(key, json(printf('[%d,%!.17g,%!.17g]', n, s, q))) FROM (
        SELECT key, sum(value ->> 0) AS n, sum(value ->> 1) AS s, sum(value ->> 2) AS q FROM (
          SELECT key, value FROM json_each(trends.sums)
          UNION ALL
          SELECT key, value FROM json_each(excluded.sums)
          WHERE key IN (SELECT key FROM json_each(trends.sums)) OR (SELECT count(*) FROM json_each(trends.sums)) < 200
        ) GROUP BY key));
  INSERT INTO trend_tags (project, tag, last_day, busy)
    SELECT k.project, k.tag, k.day, k.added
    FROM json_each(NEW.report, '$.totals') AS t
    JOIN trends AS k ON k.project = NEW.project AND k.tag = t.key AND k.day = date(NEW.finished_at / 1000, 'unixepoch')
    WHERE t.key <> '' AND k.added & (k.added - 1) = 0
    ON CONFLICT (project, tag) DO UPDATE SET last_day = excluded.last_day, busy = excluded.busy
      WHERE excluded.last_day >= last_day;
  DELETE FROM trends WHERE project = OLD.project AND day = date(OLD.finished_at / 1000, 'unixepoch') AND sums = '{}'
    AND tag IN (SELECT key FROM json_each(OLD.report, '$.totals'));
END;

-- The jobs of a run: only calls of a session share one. Elsewhere the run's id is the job's, behind another prefix.
DROP INDEX jobs_by_run;
CREATE INDEX jobs_by_session_run ON jobs (project, run_id) WHERE session_id IS NOT NULL AND run_id IS NOT NULL;
