import type { Sql } from "sql-template-tag";
import { AppError } from "../errors.ts";
import { said } from "../words/said.ts";
import { omit, type RecordOf } from "./fields.ts";
import { readReportText } from "./run-artifacts.ts";
import { countedRuns, runs } from "./schema.ts";
import { sql } from "./sql.ts";
import { columns, findOne, insert, setExcluded } from "./table.ts";

/** A run as lists show it, and where its report lies. */
export const RUN = omit(runs.fields, "isCounted", "totals");

export type RunRecord = RecordOf<typeof runs.fields>;
export type RunSummary = RecordOf<typeof RUN>;

/** What a report that is built anew changes of its run. */
const REBUILT = omit(
  runs.fields,
  "project",
  "id",
  "mode",
  "name",
  "question",
  "startedAt",
  "tags",
  "sessionId",
);

/** SQL fence of a run of a job of one sample: its finish, by this attempt, is in the same transaction. */
export function singleFence(
  { project, id }: Pick<RunRecord, "project" | "id">,
  { jobId, seq, attempt }: { jobId: string; seq: number; attempt: number },
): Sql {
  return sql`EXISTS (SELECT 1 FROM samples
      WHERE job_id = ${jobId} AND seq = ${seq} AND attempt = ${attempt} AND status = 'completed')
    AND EXISTS (SELECT 1 FROM jobs WHERE project = ${project} AND id = ${jobId} AND run_id = ${id})`;
}

/**
 * The statement that writes a run where the fence of who built it holds; part of the finishing transaction. One run a
 * job, batch or session, whatever happens: the key is theirs, and only the winner of the fence gets here.
 */
export function insertRun(run: RunRecord, fence: Sql): Sql {
  return sql`${insert(runs, run, sql`WHERE ${fence}`)} ON CONFLICT (project, id) DO UPDATE SET ${setExcluded(REBUILT)}`;
}

/** SQL: counts in the trends of a run's day what it is given, while the run is there. */
export function countRun(
  { project, id, finishedAt }: Pick<RunSummary, "project" | "id" | "finishedAt">,
  totals: NonNullable<RunRecord["totals"]>,
): Sql {
  const counted = { project, day: new Date(finishedAt).toISOString().slice(0, 10), totals };
  return insert(
    countedRuns,
    { ...counted, totals: JSON.stringify(totals) },
    sql`WHERE EXISTS (SELECT 1 FROM runs WHERE project = ${project} AND id = ${id} AND is_counted = 1)`,
  );
}

export function getRun(db: D1Database, project: string, id: string): Promise<RunSummary | null> {
  return findOne(
    db,
    RUN,
    sql`SELECT ${columns(RUN)} FROM runs WHERE project = ${project} AND id = ${id}`,
  );
}

/** The report as it was written, ready to send; null: no such run. */
export async function getReportText(
  { db, bucket }: { db: D1Database; bucket: R2Bucket },
  project: string,
  id: string,
): Promise<string | null> {
  for (let seen: RunSummary | null = null; ; ) {
    const run = await getRun(db, project, id);
    if (run === null) return null;
    const text = await readReportText(bucket, run);
    if (text !== null) return text;
    // The session's next report takes the place of the one before, and its objects go: then the row says another place.
    if (run.attempt === seen?.attempt)
      throw new AppError(said("not_found.artifact_gone", { name: "report.json" }));
    seen = run;
  }
}
