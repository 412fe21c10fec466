import { encodeTime } from "ulid";

/**
 * Jobs `?1` to `?2` and what belongs to them, by SQL alone. Rows are as long as real ones. One job in ten has failed and has no run, one
 * in ten belongs to a session of a hundred calls that share one, three quarters carry a tag.
 */
const NUMBERS =
  "WITH RECURSIVE n (i) AS (VALUES (CAST(?1 AS INTEGER)) UNION ALL SELECT i + 1 FROM n WHERE i < ?2)";

const OUTCOME = (metric: string) => `"${metric}":[0.' || (i % 90 + 10) || ',"om"]`;
const METRICS = ["faithfulness", "answer_relevancy", "context_recall", "context_precision"];
const OUTCOMES = `'{${METRICS.map(OUTCOME).join(",")}}'`;
const RUN_METRICS = `'{${METRICS.map((metric) => `"${metric}":[0.' || (i % 90 + 10) || ',1,0.1,0.9]`).join(",")}}'`;
const METRIC_LIST = `'${JSON.stringify(METRICS)}'`;

/** One job a second. */
const FIRST_AT = 1_760_000_000_000;
const at = (n: string) => `(${FIRST_AT} + ${n} * 1000)`;
const AT = at("i");
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Real ULIDs of these times, because bounds in time become bounds of ids; a number where chance would stand. */
const timeCharacters = (n: string) =>
  [45, 40, 35, 30, 25, 20, 15, 10, 5, 0]
    .map((bits) => `substr('${ALPHABET}', ((${at(n)} >> ${bits}) & 31) + 1, 1)`)
    .join(" || ");
const ID = (prefix: string, n = "i") =>
  `('${prefix}_' || ${timeCharacters(n)} || printf('%016d', ${n}))`;

const TAGS = `CASE i % 4 WHEN 0 THEN '{}' WHEN 1 THEN '{"app":"shop","model":"m' || (i % 3) || '"}'
  ELSE '{"app":"客服"}' END`;
const SESSION = "CASE i % 10 WHEN 0 THEN 'session-' || (i / 1000) END";
const FIRST_OF_SESSION = "max(10, i / 1000 * 1000)";

export const INSERT_JOBS = `${NUMBERS}
  INSERT INTO jobs (project, id, kind, status, created_at, updated_at, started_at, finished_at, question, tags,
    session_id, language, metrics, judge, submitted_by, dedupe_key, fingerprint, total, done, outcomes,
    weighted_score, run_id, usage)
  SELECT 'default', ${ID("job")}, 'single', CASE i % 10 WHEN 3 THEN 'failed' ELSE 'completed' END,
    ${AT}, ${AT} + 900, ${AT} + 300,
    ${AT} + 900, 'How long is the warranty of model X' || i || ', and who pays for repairs? 保修多久？',
    ${TAGS}, ${SESSION}, 'en', ${METRIC_LIST}, 'offline',
    CASE i % 3 WHEN 0 THEN 'key_a' ELSE 'key_b' END, NULL, printf('%022d', i), 1, 1, ${OUTCOMES}, 0.5,
    CASE i % 10 WHEN 3 THEN NULL WHEN 0 THEN ${ID("run", FIRST_OF_SESSION)} ELSE ${ID("run")} END,
    '{}' FROM n`;

export const INSERT_RUNS = `${NUMBERS}
  INSERT INTO runs (project, id, mode, judge, started_at, finished_at, total_samples, valid_samples, invalid_samples,
    metrics, cause_top, tags, session_id, attempt, is_counted)
  SELECT 'default', ${ID("run")}, CASE i % 10 WHEN 0 THEN 'session' ELSE 'single' END, 'offline', ${AT}, ${AT} + 900, 1, 1, 0,
    ${RUN_METRICS}, 'ranked_too_low', ${TAGS}, ${SESSION}, 1, 0
  FROM n WHERE i % 10 NOT IN (0, 3) OR i = ${FIRST_OF_SESSION}`;

export const INSERT_SAMPLES = `${NUMBERS}
  INSERT INTO samples (job_id, seq, sample_id, status, attempt, answer)
  SELECT ${ID("job")}, 0, '1', 'completed', 1, 'Model X' || i || ' has a warranty of two years. 保修两年。' FROM n`;

export const INSERT_AUDIT = `${NUMBERS}
  INSERT INTO audit_log (project, id, at, actor, action, target, detail)
  SELECT 'default', ${ID("aud")}, ${AT}, 'key:key_a', 'job.deleted', ${ID("job")}, '{}' FROM n`;

/** A year of daily sums up to today: four metrics, all samples and thirty tags. */
export const INSERT_TRENDS = `WITH RECURSIVE d (day) AS
    (VALUES (date('now')) UNION ALL SELECT date(day, '-1 day') FROM d WHERE day > date('now', '-364 day')),
  t (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM t WHERE n < 30)
  INSERT INTO trends (project, tag, day, sums)
  SELECT 'default', CASE t.n WHEN 0 THEN '' ELSE 'app=a' || t.n END, d.day,
    '${JSON.stringify(Object.fromEntries(METRICS.map((metric) => [metric, [100, 70, 55]])))}' FROM d, t`;
export const INSERT_TREND_TAGS = `INSERT INTO trend_tags (project, tag, last_day, busy)
  SELECT project, tag, max(day), 64 FROM trends WHERE tag <> '' GROUP BY project, tag`;

/** Of each session the row that stands for it; its report is up to date. */
export const INSERT_SESSIONS = `INSERT INTO sessions (project, run_id, session_id, version, built_version)
  SELECT project, id, session_id, 100, 100 FROM runs WHERE mode = 'session'`;

export function timeOf(i: number): string {
  return new Date(FIRST_AT + i * 1000).toISOString();
}

export function idOf(prefix: "job" | "run" | "aud", i: number): string {
  return `${prefix}_${encodeTime(FIRST_AT + i * 1000, 10)}${String(i).padStart(16, "0")}`;
}
