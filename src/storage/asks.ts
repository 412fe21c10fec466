import type { Sql } from "sql-template-tag";
import type { AskOutcome } from "../contract/target.ts";
import type { Said } from "../words/said.ts";
import { hasOpenAsks } from "./due-targets.ts";
import { pick, type RecordOf } from "./fields.ts";
import { asks, experimentRuns } from "./schema.ts";
import { hasChanged, readRow, readRows, sql, transact } from "./sql.ts";
import { columns, findAll, jsonRows, set, valuesOfEach } from "./table.ts";

// The questions of a run to its app.

const NEW = pick(asks.fields, "seq", "targetId", "itemId", "item", "state", "outcome", "why");
export type NewAsk = RecordOf<typeof NEW>;

const SHOWN = pick(asks.fields, "itemId", "state", "outcome", "why", "ms");

/** A parameter of D1 holds 2 MB at most. */
const ROWS_AT_ONCE = 200;

/** SQL: the asks of a new run; nothing where its job was not written. */
export function insertAsks(project: string, jobId: string, rows: readonly NewAsk[]): Sql[] {
  const statements: Sql[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    statements.push(
      sql`INSERT INTO asks (job_id, ${columns(NEW)})
        SELECT ${jobId}, ${valuesOfEach(NEW)} FROM json_each(${jsonRows(NEW, rows.slice(from, from + ROWS_AT_ONCE))})
        WHERE EXISTS (SELECT 1 FROM jobs WHERE project = ${project} AND id = ${jobId}) ON CONFLICT DO NOTHING`,
    );
  }
  return statements;
}

/** No further question is asked in this run; those under way end by themselves. */
export async function stopAsking(
  db: D1Database,
  jobId: string,
  targetId: string,
  why: Said,
): Promise<void> {
  const stopped = { state: "done", outcome: "not_asked", why } as const;
  await transact(db, [
    sql`UPDATE experiment_runs SET ${set(experimentRuns, { stopped: why })} WHERE job_id = ${jobId} AND stopped IS NULL`,
    sql`UPDATE asks INDEXED BY asks_open SET ${set(asks, stopped)}
      WHERE target_id = ${targetId} AND state = 'waiting' AND state <> 'done' AND job_id = ${jobId}`,
  ]);
}

/** The app of a job that is still asked, and whether anything is left; null: the job is of no experiment. */
export async function readAsking(
  db: D1Database,
  jobId: string,
): Promise<{ targetId: string; isOpen: boolean } | null> {
  const row = await readRow<{ target_id: string; is_open: number }>(
    db,
    sql`SELECT r.target_id, ${hasOpenAsks(sql`r.target_id`, sql`r.job_id`)} AS is_open
      FROM experiment_runs AS r WHERE r.job_id = ${jobId}`,
  );
  return row && { targetId: row.target_id, isOpen: row.is_open === 1 };
}

const ANSWERED = pick(asks.fields, "seq", "item", "outcome", "why", "reply");
export type AnsweredAsk = RecordOf<typeof ANSWERED>;

/** A page of what was answered, in order. */
export function listAnswered(
  db: D1Database,
  jobId: string,
  from: number,
  limit: number,
): Promise<AnsweredAsk[]> {
  return findAll(
    db,
    ANSWERED,
    sql`SELECT ${columns(ANSWERED)} FROM asks WHERE job_id = ${jobId} AND seq >= ${from} ORDER BY seq LIMIT ${limit}`,
  );
}

/** The answers are rows of the job now. False: somebody did that before. */
export async function endAsking(db: D1Database, jobId: string): Promise<boolean> {
  const [ended] = await transact(db, [
    sql`UPDATE batches SET is_asking = 0 WHERE job_id = ${jobId} AND is_asking = 1`,
    sql`UPDATE asks SET reply = NULL WHERE job_id = ${jobId} AND reply IS NOT NULL`,
  ]);
  return hasChanged(ended);
}

/** Of runs, how many asks came to what; NULL: they are not done. */
export function countAsks(
  db: D1Database,
  jobIds: readonly string[],
): Promise<{ job_id: string; outcome: AskOutcome | null; n: number }[]> {
  return readRows(
    db,
    sql`SELECT job_id, outcome, count(*) AS n FROM asks
      WHERE job_id IN (SELECT value FROM json_each(${JSON.stringify(jobIds)})) GROUP BY job_id, outcome`,
  );
}

/** Of a run, in order. */
export function listAsks(
  db: D1Database,
  jobId: string,
  limit: number,
): Promise<RecordOf<typeof SHOWN>[]> {
  return findAll(
    db,
    SHOWN,
    sql`SELECT ${columns(SHOWN)} FROM asks WHERE job_id = ${jobId} ORDER BY seq LIMIT ${limit}`,
  );
}
