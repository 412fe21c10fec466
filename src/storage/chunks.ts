import type { Sql } from "sql-template-tag";
import type { Failure, SaidWarning } from "../words/said.ts";
import { type BatchHolder, isBatchHeld } from "./batches.ts";
import { holdBackModels, probeBreaker } from "./breaker.ts";
import { pick, type RecordOf } from "./fields.ts";
import { JOB, type JobRecord } from "./job-records.ts";
import { type Charge, chargeSpent } from "./quotas.ts";
import { ARRIVED, chunks, jobs, SCORED, samples } from "./schema.ts";
import { change, hasChanged, readRow, sql, transact } from "./sql.ts";
import { columns, firstOf, jsonRows, set, setFromEach, valuesOfEach } from "./table.ts";

const RANGE = pick(chunks.fields, "n", "firstSeq", "lastSeq");

export interface NewChunk {
  n: number;
  samples: readonly RecordOf<typeof ARRIVED>[];
}

/** Writes several chunks with all their sample rows; those already there stay. False: the lease is lost. */
export async function insertChunks(
  db: D1Database,
  holder: BatchHolder,
  written: readonly NewChunk[],
): Promise<boolean> {
  const { jobId } = holder;
  const ranges = written.map(({ n, samples: rows }) => ({
    n,
    firstSeq: rows[0]?.seq ?? 0,
    lastSeq: rows.at(-1)?.seq ?? 0,
  }));
  const rows = written.flatMap((chunk) => chunk.samples);
  const isHeld = isBatchHeld(holder);
  const answers = await transact<{ held: number }>(db, [
    sql`INSERT INTO samples (job_id, status, ${columns(ARRIVED)})
        SELECT ${jobId}, 'queued', ${valuesOfEach(ARRIVED)} FROM json_each(${jsonRows(ARRIVED, rows)})
        WHERE ${isHeld} ON CONFLICT DO NOTHING`,
    sql`INSERT INTO chunks (job_id, ${columns(RANGE)})
        SELECT ${jobId}, ${valuesOfEach(RANGE)} FROM json_each(${jsonRows(RANGE, ranges)})
        WHERE ${isHeld} ON CONFLICT DO NOTHING`,
    sql`SELECT ${isHeld} AS held`,
  ]);
  return answers[2]?.results[0]?.held === 1;
}

export async function countChunks(db: D1Database, jobId: string): Promise<number> {
  const row = await readRow<{ n: number }>(
    db,
    sql`SELECT count(*) AS n FROM chunks WHERE job_id = ${jobId}`,
  );
  return row?.n ?? 0;
}

/** Of every lane the first open chunk, when it is due and nobody holds it; and whether any chunk is open at all. */
export async function listDueChunks(
  db: D1Database,
  jobId: string,
  lanes: number,
  now: number,
): Promise<{ due: number[]; isAnyOpen: boolean }> {
  // Chunk n of lane n % lanes: one message is under way in each lane, so this is all there is to wake.
  const firstOfLanes = sql`SELECT min(n) AS n FROM chunks
    WHERE job_id = ${jobId} AND is_open = 1 GROUP BY n % ${lanes}`;
  const [due, open] = await transact<{ n: number }>(db, [
    sql`SELECT c.n FROM chunks AS c JOIN (${firstOfLanes}) AS f ON f.n = c.n
        WHERE c.job_id = ${jobId} AND c.wake_at <= ${now} AND (c.lease_until IS NULL OR c.lease_until < ${now})
        ORDER BY c.n`,
    sql`SELECT n FROM chunks WHERE job_id = ${jobId} AND is_open = 1 LIMIT 1`,
  ]);
  return {
    due: (due?.results ?? []).map((row) => row.n),
    isAnyOpen: (open?.results.length ?? 0) > 0,
  };
}

export interface ChunkHolder {
  project: string;
  jobId: string;
  n: number;
  attempt: number;
}

const CLAIMED = pick(chunks.fields, "attempt", "failures", "crashes");

export interface ClaimedChunk extends RecordOf<typeof CLAIMED> {
  job: JobRecord;
  /** The first work after a pause: it tries whether the provider is back. */
  isProbe: boolean;
  /** Samples that still want a score. */
  seqs: number[];
}

/** Takes a chunk; null: it is done, held, not due, or its job has ended or waits for the judge. */
export async function claimChunk(
  db: D1Database,
  { project, jobId, n }: { project: string; jobId: string; n: number },
  { now, leaseUntil }: { now: number; leaseUntil: number },
): Promise<ClaimedChunk | null> {
  const [claimed, , free, found, probe] = await transact<unknown>(db, [
    sql`UPDATE chunks SET attempt = attempt + 1, lease_until = ${leaseUntil},
          crashes = crashes + (lease_until IS NOT NULL)
        WHERE job_id = ${jobId} AND n = ${n} AND is_open = 1 AND wake_at <= ${now}
          AND (lease_until IS NULL OR lease_until < ${now})
          AND EXISTS (SELECT 1 FROM jobs AS j WHERE j.project = ${project} AND j.id = ${jobId}
                      AND j.status = 'running' AND NOT ${holdBackModels("j", now)})
        RETURNING ${columns(CLAIMED)}`,
    // However often the batch was woken in vain, it is looked at when this lease ends.
    sql`UPDATE jobs SET wake_at = ${leaseUntil}, wakes = 0
        WHERE project = ${project} AND id = ${jobId} AND status = 'running' AND wake_at > ${leaseUntil}
          AND EXISTS (SELECT 1 FROM chunks WHERE job_id = ${jobId} AND n = ${n} AND lease_until = ${leaseUntil})`,
    sql`SELECT s.seq FROM chunks AS c JOIN samples AS s
          ON s.job_id = c.job_id AND s.seq BETWEEN c.first_seq AND c.last_seq
        WHERE c.job_id = ${jobId} AND c.n = ${n} AND s.status = 'queued' ORDER BY s.seq`,
    sql`SELECT ${columns(JOB)} FROM jobs WHERE project = ${project} AND id = ${jobId}`,
    probeBreaker(
      now,
      sql`EXISTS (SELECT 1 FROM chunks AS c JOIN jobs AS j ON j.project = ${project} AND j.id = c.job_id
        WHERE c.job_id = ${jobId} AND c.n = ${n} AND c.lease_until = ${leaseUntil} AND j.judge <> 'offline')`,
    ),
  ]);
  const chunk = firstOf(CLAIMED, claimed);
  const job = firstOf(JOB, found);
  if (!chunk || !job) return null;
  const seqs = ((free?.results ?? []) as { seq: number }[]).map(({ seq }) => seq);
  return { job, ...chunk, seqs, isProbe: hasChanged(probe) };
}

/** SQL: the chunk is still held by this attempt, the job still wanted. */
function isChunkHeld({ project, jobId, n, attempt }: ChunkHolder): Sql {
  return sql`EXISTS (SELECT 1 FROM chunks AS c JOIN jobs AS j ON j.project = ${project} AND j.id = c.job_id
    WHERE c.job_id = ${jobId} AND c.n = ${n} AND c.attempt = ${attempt} AND c.lease_until IS NOT NULL
      AND j.status = 'running')`;
}

export async function extendChunkLease(
  db: D1Database,
  holder: ChunkHolder,
  leaseUntil: number,
): Promise<boolean> {
  const query = sql`UPDATE chunks SET lease_until = ${leaseUntil}
    WHERE job_id = ${holder.jobId} AND n = ${holder.n} AND ${isChunkHeld(holder)}`;
  return (await change(db, query)) > 0;
}

/** Whether a chunk is still held and its job still wanted, without writing anything. */
export async function holdsChunk(db: D1Database, holder: ChunkHolder): Promise<boolean> {
  const row = await readRow<{ held: number }>(db, sql`SELECT ${isChunkHeld(holder)} AS held`);
  return row?.held === 1;
}

const SCORED_ROW = { ...SCORED, seq: samples.fields.seq };

/** One sample of a chunk as its attempt leaves it. Samples that are not listed stay queued. */
export type ChunkSample = RecordOf<typeof SCORED_ROW>;

export interface ChunkResult {
  samples: readonly ChunkSample[];
  /** What its samples have cost. */
  charges: readonly Charge[];
  /** Not before; for samples that stay queued. */
  wakeAt: number;
  failures: number;
  /** Why some stay queued, shown until the next attempt. */
  error: Failure | null;
  /** To be noted on the job, each code once. */
  warnings: readonly SaidWarning[];
}

/** SQL: what the attempt says of its samples, if it still holds the chunk. */
function writeSamples(holder: ChunkHolder, scored: readonly ChunkSample[]): Sql[] {
  if (scored.length === 0) return [];
  const seqs = scored.map(({ seq }) => seq);
  const isHeld = isChunkHeld(holder);
  const keys = scored.flatMap(({ judgements }) => judgements ?? []);
  // The range keeps it from looking at every sample of the job for each of these.
  const write = sql`UPDATE samples SET attempt = ${holder.attempt}, ${setFromEach(SCORED, "r.value")}
    FROM json_each(${jsonRows(SCORED_ROW, scored)}) AS r
    WHERE samples.job_id = ${holder.jobId} AND samples.seq BETWEEN ${Math.min(...seqs)} AND ${Math.max(...seqs)}
      AND samples.seq = r.value ->> 'seq' AND samples.status = 'queued' AND ${isHeld}`;
  const countUses = sql`UPDATE judgements SET uses = uses + u.n
    FROM (SELECT value AS key, count(*) AS n FROM json_each(${JSON.stringify(keys)}) GROUP BY value) AS u
    WHERE judgements.key = u.key AND ${isHeld}`;
  return keys.length > 0 ? [write, countUses] : [write];
}

/** SQL: the warnings whose codes the job has not yet. */
function noteWarnings(holder: ChunkHolder, warnings: readonly SaidWarning[]): Sql[] {
  if (warnings.length === 0) return [];
  const byCode = JSON.stringify([...new Map(warnings.map((one) => [one.code, one])).values()]);
  const unknown = sql`SELECT n.value FROM json_each(${byCode}) AS n WHERE NOT EXISTS (
    SELECT 1 FROM json_each(jobs.warnings) AS w WHERE w.value ->> 'code' = n.value ->> 'code')`;
  return [
    sql`UPDATE jobs SET warnings = (SELECT json_group_array(json(value)) FROM (
        SELECT value FROM json_each(jobs.warnings) UNION ALL ${unknown}))
      WHERE project = ${holder.project} AND id = ${holder.jobId} AND ${isChunkHeld(holder)} AND EXISTS (${unknown})`,
  ];
}

/** SQL: counted from the rows, not added up: whatever was repeated, the numbers are true. */
function closeChunk(holder: ChunkHolder, { wakeAt, failures }: ChunkResult): Sql {
  const { jobId, n } = holder;
  return sql`UPDATE chunks SET ${set(chunks, { leaseUntil: null, wakeAt, failures })},
      done = t.done, failed = t.failed, is_open = t.queued > 0
    FROM (SELECT count(*) FILTER (WHERE s.status = 'completed') AS done,
            count(*) FILTER (WHERE s.status = 'failed') AS failed,
            count(*) FILTER (WHERE s.status = 'queued') AS queued
          FROM chunks AS k JOIN samples AS s ON s.job_id = k.job_id AND s.seq BETWEEN k.first_seq AND k.last_seq
          WHERE k.job_id = ${jobId} AND k.n = ${n}) AS t
    WHERE job_id = ${jobId} AND n = ${n} AND ${isChunkHeld(holder)}
    RETURNING is_open`;
}

function countProgress(
  { project, jobId, n, attempt }: ChunkHolder,
  error: Failure | null,
  now: number,
): Sql {
  return sql`UPDATE jobs SET done = t.done, failed = t.failed, ${set(jobs, { updatedAt: now, wakes: 0, error })}
    FROM (SELECT coalesce(sum(done), 0) AS done, coalesce(sum(failed), 0) AS failed
          FROM chunks WHERE job_id = ${jobId}) AS t
    WHERE project = ${project} AND id = ${jobId} AND status = 'running'
      AND EXISTS (SELECT 1 FROM chunks WHERE job_id = ${jobId} AND n = ${n} AND attempt = ${attempt})
    RETURNING jobs.done + jobs.failed = total AS is_last`;
}

/** Fenced; null: a newer attempt holds the chunk or the job has ended, nothing was written. */
export async function finishChunk(
  db: D1Database,
  holder: ChunkHolder,
  result: ChunkResult,
  now: number,
  companions: readonly Sql[] = [],
): Promise<{ isOpen: boolean; isLast: boolean } | null> {
  const { charges, error } = result;
  const queries = [
    ...writeSamples(holder, result.samples),
    ...chargeSpent(holder.project, charges, isChunkHeld(holder)),
    ...noteWarnings(holder, result.warnings),
  ];
  const answers = await transact<Record<string, number>>(db, [
    ...queries,
    closeChunk(holder, result),
    countProgress(holder, error, now),
    ...companions,
  ]);
  const closed = answers[queries.length]?.results[0];
  if (!closed) return null;
  const isLast = answers[queries.length + 1]?.results[0]?.is_last === 1;
  return { isOpen: closed.is_open === 1, isLast };
}
