-- The rows of `trends` a run changes are found by their key: left to itself SQLite, which knows no sizes here, took all
-- days of all tags first and looked into the report for each. CROSS JOIN and lists of keys leave it no choice.

DROP TRIGGER runs_count_in_trends;
DROP TRIGGER runs_recount_in_trends;

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
    FROM json_each(NEW.report, '$.totals') AS t CROSS JOIN trends AS k
    WHERE t.key <> '' AND k.project = NEW.project AND k.tag = t.key
      AND k.day = date(NEW.finished_at / 1000, 'unixepoch') AND k.added & (k.added - 1) = 0
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
          SELECT key, json_array(-(value ->> 0), -(value ->> 1), -(value ->> 2))
          FROM json_each((SELECT value FROM json_each(OLD.report, '$.totals') WHERE key = trends.tag))
          WHERE key IN (SELECT key FROM json_each(trends.sums))
        ) GROUP BY key HAVING n > 0))
    WHERE (project, tag, day) IN (
      SELECT OLD.project, key, date(OLD.finished_at / 1000, 'unixepoch') FROM json_each(OLD.report, '$.totals'));
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
    FROM json_each(NEW.report, '$.totals') AS t CROSS JOIN trends AS k
    WHERE t.key <> '' AND k.project = NEW.project AND k.tag = t.key
      AND k.day = date(NEW.finished_at / 1000, 'unixepoch') AND k.added & (k.added - 1) = 0
    ON CONFLICT (project, tag) DO UPDATE SET last_day = excluded.last_day, busy = excluded.busy
      WHERE excluded.last_day >= last_day;
  DELETE FROM trends WHERE sums = '{}' AND (project, tag, day) IN (
    SELECT OLD.project, key, date(OLD.finished_at / 1000, 'unixepoch') FROM json_each(OLD.report, '$.totals'));
END;
