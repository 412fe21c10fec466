import type { Sql } from "sql-template-tag";
import { omit, pick, type RecordOf } from "../fields.ts";
import type { JobRecord } from "../job-records.ts";
import { ARRIVED, jobs, samples } from "../schema.ts";
import { hasChanged, sql, transact } from "../sql.ts";
import { insert } from "../table.ts";

const NEW_SAMPLE = {
  ...omit(ARRIVED, "tags", "question", "answer", "sampleId"),
  ...pick(samples.fields, "input", "inputKey"),
};

export type NewSample = RecordOf<typeof NEW_SAMPLE>;

/** The statement that writes a job row; it writes nothing when the key is taken or the row is there already. */
export function insertJob(
  job: Omit<JobRecord, "sampleId"> & { sampleId: string | null | Sql },
  dedupeKey: string | null,
  wakeAt: number,
): Sql {
  return sql`${insert(jobs, { ...job, dedupeKey, wakeAt })} ON CONFLICT DO NOTHING`;
}

/**
 * Accepts a job of one sample. False: another job holds the same dedupe key, nothing was written. `charges` are
 * written with the job; one that breaks undoes the job too.
 */
export async function insertSingleJob(
  db: D1Database,
  job: JobRecord,
  dedupeKey: string | null,
  wakeAt: number,
  sample: NewSample,
  charges: readonly Sql[] = [],
): Promise<boolean> {
  const { project, id, sampleId, sessionId } = job;
  // Calls of a session share a run, so no two of their samples may share an id: a second call with the same has the id
  // of its job behind it.
  const isTaken = sql`EXISTS (SELECT 1 FROM samples AS s INDEXED BY samples_by_session
    CROSS JOIN jobs AS j ON j.project = ${project} AND j.id = s.job_id
    WHERE s.session_id = ${sessionId} AND s.sample_id = ${sampleId} AND j.session_id = ${sessionId})`;
  const named = { ...job, sampleId: sql`iif(${isTaken}, ${`${sampleId}#${id}`}, ${sampleId})` };
  const ofJob = sql`project = ${project} AND id = ${id}`;
  const row = {
    ...sample,
    jobId: id,
    status: "queued",
    sampleId: sql`(SELECT sample_id FROM jobs WHERE ${ofJob})`,
  } as const;
  // The sample follows only if its job was really inserted: a doubled key inserts neither.
  const isAccepted = sql`WHERE EXISTS (SELECT 1 FROM jobs WHERE ${ofJob})`;
  const markCharged = sql`UPDATE jobs SET charged = 1 WHERE ${ofJob}`;
  const [inserted] = await transact(db, [
    insertJob(named, dedupeKey, wakeAt),
    sql`${insert(samples, row, isAccepted)} ON CONFLICT DO NOTHING`,
    ...charges,
    ...(charges.length > 0 ? [markCharged] : []),
  ]);
  return hasChanged(inserted);
}
