import type { Sql } from "sql-template-tag";
import { insertAsks, type NewAsk } from "./asks.ts";
import type { DueRows } from "./due-rows.ts";
import { watchTarget } from "./due-targets.ts";
import { type NewOf, omit, pick, type RecordOf } from "./fields.ts";
import type { JobRecord } from "./job-records.ts";
import { insertJob } from "./moves/insert-job.ts";
import { type BatchOptions, batches, experimentRuns, experiments } from "./schema.ts";
import { hasChanged, readRow, sql, transact } from "./sql.ts";
import { columns, findAll, findOne, insert, set } from "./table.ts";

const EXPERIMENT = experiments.fields;
export type ExperimentRecord = RecordOf<typeof EXPERIMENT>;

const RUN = omit(experimentRuns.fields, "lastError", "sameErrors");
export type ExperimentRunRecord = RecordOf<typeof RUN>;

export interface NewRun {
  run: NewOf<typeof experimentRuns.fields>;
  job: JobRecord;
  uploadKey: string;
  options: BatchOptions;
  asks: readonly NewAsk[];
}

/**
 * Writes an experiment with its jobs and all that is asked, whole or not at all. False: it is there already.
 * `companions` come in the same transaction.
 */
export async function insertExperiment(
  db: D1Database,
  experiment: NewOf<typeof EXPERIMENT>,
  runs: readonly NewRun[],
  wakeAt: number,
  companions: readonly Sql[] = [],
): Promise<boolean> {
  const { project } = experiment;
  const [inserted] = await transact(db, [
    sql`${insert(experiments, experiment)} ON CONFLICT DO NOTHING`,
    ...runs.flatMap(({ run, job, uploadKey, options, asks }) => {
      const isAccepted = sql`WHERE EXISTS (SELECT 1 FROM jobs WHERE project = ${project} AND id = ${job.id})`;
      const batch = {
        jobId: job.id,
        project,
        format: "jsonl",
        options,
        uploadKey,
        isAsking: true,
      } as const;
      return [
        insertJob(job, null, wakeAt),
        sql`${insert(batches, batch, isAccepted)} ON CONFLICT DO NOTHING`,
        sql`${insert(experimentRuns, run, isAccepted)} ON CONFLICT DO NOTHING`,
        ...insertAsks(project, job.id, asks),
      ];
    }),
    ...[...new Set(runs.map(({ run }) => run.targetId))].map((id) =>
      watchTarget({ project, id }, wakeAt),
    ),
    ...companions,
  ]);
  return hasChanged(inserted);
}

export function getExperiment(
  db: D1Database,
  project: string,
  id: string,
): Promise<ExperimentRecord | null> {
  return findOne(
    db,
    EXPERIMENT,
    sql`SELECT ${columns(EXPERIMENT)} FROM experiments WHERE project = ${project} AND id = ${id}`,
  );
}

/** Newest first. */
export function listExperiments(
  db: D1Database,
  project: string,
  { before, limit, setId }: { before: string | null; limit: number; setId: string | null },
): Promise<ExperimentRecord[]> {
  const ofSet = setId === null ? sql`1` : sql`set_id = ${setId}`;
  return findAll(
    db,
    EXPERIMENT,
    sql`SELECT ${columns(EXPERIMENT)} FROM experiments WHERE project = ${project} AND ${ofSet} AND id < ${before ?? "exp_~"}
      ORDER BY id DESC LIMIT ${limit}`,
  );
}

export function listExperimentRuns(
  db: D1Database,
  project: string,
  experimentIds: readonly string[],
): Promise<ExperimentRunRecord[]> {
  return findAll(
    db,
    RUN,
    sql`SELECT ${columns(RUN)} FROM experiment_runs WHERE project = ${project}
      AND experiment_id IN (SELECT value FROM json_each(${JSON.stringify(experimentIds)})) ORDER BY experiment_id, n`,
  );
}

export function findRunOfJob(db: D1Database, jobId: string): Promise<ExperimentRunRecord | null> {
  return findOne(db, RUN, sql`SELECT ${columns(RUN)} FROM experiment_runs WHERE job_id = ${jobId}`);
}

const DUE = pick(experiments.fields, "project", "id");

/** Experiments of which a run has ended since they were looked at. */
export const dueExperiments = (pauseMs: number): DueRows<RecordOf<typeof DUE>> => ({
  table: "experiments",
  column: "due_at",
  take: (db, { now, limit }) =>
    findAll(
      db,
      DUE,
      sql`UPDATE experiments SET due_at = ${now + pauseMs} WHERE (project, id) IN
        (SELECT project, id FROM experiments WHERE due_at IS NOT NULL AND due_at <= ${now} ORDER BY due_at LIMIT ${limit})
        RETURNING ${columns(DUE)}`,
    ),
  bringBack: (horizon, at) => [
    sql`UPDATE experiments SET due_at = ${at} WHERE due_at > ${horizon}`,
  ],
});

/** Nothing to see yet, or its result with all that is told of it. False: somebody wrote it before. */
export async function settleExperiment(
  db: D1Database,
  { project, id }: { project: string; id: string },
  result: ExperimentRecord["result"],
  told: readonly Sql[] = [],
): Promise<boolean> {
  const change = { dueAt: null, ...(result === null ? {} : { result }) };
  const answers = await transact(db, [
    // First, while nobody has written the result: what is told has its own key, and is told once.
    ...told,
    sql`UPDATE experiments SET ${set(experiments, change)} WHERE project = ${project} AND id = ${id} AND result IS NULL`,
  ]);
  return hasChanged(answers.at(-1));
}

/** The newest report that the same set came to before. */
export async function findRunBefore(
  db: D1Database,
  { project, id, setId, scheduleId }: ExperimentRecord,
  targetId: string,
): Promise<string | null> {
  const index =
    scheduleId === null
      ? sql`INDEXED BY experiments_of_set`
      : sql`INDEXED BY experiments_of_schedule`;
  const of = scheduleId === null ? sql`e.set_id = ${setId}` : sql`e.schedule_id = ${scheduleId}`;
  const row = await findOne(
    db,
    { runId: pick(experimentRuns.fields, "jobId").jobId },
    sql`SELECT j.run_id FROM experiments AS e ${index}
      CROSS JOIN experiment_runs AS r ON r.project = e.project AND r.experiment_id = e.id
      CROSS JOIN jobs AS j ON j.project = r.project AND j.id = r.job_id
      WHERE e.project = ${project} AND ${of} AND e.id < ${id} AND r.target_id = ${targetId}
        AND j.status = 'completed' AND j.run_id IS NOT NULL
      ORDER BY e.id DESC, r.n LIMIT 1`,
  );
  return row?.runId ?? null;
}

/** Does an experiment that a schedule started still run? */
export async function hasOpenRun(
  db: D1Database,
  project: string,
  scheduleId: string,
): Promise<boolean> {
  const row = await readRow<{ open: number }>(
    db,
    sql`SELECT EXISTS (SELECT 1 FROM experiments AS e INDEXED BY experiments_of_schedule
      CROSS JOIN experiment_runs AS r ON r.project = e.project AND r.experiment_id = e.id
      CROSS JOIN jobs AS j ON j.project = r.project AND j.id = r.job_id
      WHERE e.project = ${project} AND e.schedule_id = ${scheduleId} AND e.result IS NULL
        AND j.status IN ('queued', 'running')) AS open`,
  );
  return row?.open === 1;
}
