import { oldestQueued } from "./jobs.ts";
import { readRow, sql } from "./sql.ts";

/** Jobs counted of a backlog, and jobs looked at for what they lost: enough to say that something is wrong. */
const MOST = 1000;

interface TroubleRow {
  firing: number;
  /** When the oldest queued job came; null: none is queued. */
  oldest: number | null;
  lost: number;
}

/** In one statement: alerts that are firing, the oldest job that waits, and rows lost since a job. */
export async function readTroubleRow(
  db: D1Database,
  project: string,
  sinceId: string,
): Promise<TroubleRow> {
  const found = await readRow<TroubleRow>(
    db,
    sql`SELECT
      (SELECT count(*) FROM alert_rules WHERE project = ${project} AND state = 'firing') AS firing,
      ${oldestQueued(project)} AS oldest,
      (SELECT coalesce(sum(n), 0) FROM (SELECT failed + bad_rows AS n FROM jobs INDEXED BY jobs_with_losses
        WHERE project = ${project} AND id > ${sinceId} AND failed + bad_rows > 0 LIMIT ${MOST})) AS lost`,
  );
  return found ?? { firing: 0, oldest: null, lost: 0 };
}

export async function countQueued(db: D1Database, project: string): Promise<number> {
  const row = await readRow<{ n: number }>(
    db,
    sql`SELECT count(*) AS n FROM (SELECT 1 FROM jobs INDEXED BY jobs_by_status
      WHERE project = ${project} AND status = 'queued' LIMIT ${MOST})`,
  );
  return row?.n ?? 0;
}
