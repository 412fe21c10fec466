import type { Sql } from "sql-template-tag";
import { holdBackModels, probeBreaker } from "../breaker.ts";
import { commitTogether } from "../commit-together.ts";
import { pick, type RecordOf } from "../fields.ts";
import { JOB, type JobRecord } from "../job-records.ts";
import { samples } from "../schema.ts";
import { hasChanged, prepare, sql, transact } from "../sql.ts";
import { allOf, columns, firstOf } from "../table.ts";
import { ofAttempt, type SampleHolder } from "./sample-holder.ts";

const CLAIMED = pick(samples.fields, "seq", "sampleId", "attempt", "crashes", "input", "inputKey");

export type ClaimedSample = RecordOf<typeof CLAIMED>;

export interface ClaimTarget {
  project: string;
  jobId: string;
  from: number;
  to: number;
}

export interface Claim {
  job: JobRecord;
  samples: ClaimedSample[];
}

/**
 * Claims what is free of samples `from`..`to` of each job, also those whose lease has ended; null: nothing to do.
 * All in one transaction, and one after the other: what a claim finds out about the judge holds for the next.
 */
export async function claimSamples(
  db: D1Database,
  targets: readonly ClaimTarget[],
  times: { now: number; leaseUntil: number },
): Promise<(Claim | null)[]> {
  const results = await transact<unknown>(
    db,
    targets.flatMap((one) => claimOne(one, times)),
  );
  return targets.map((_, at) => {
    const from = at * STATEMENTS_OF_A_CLAIM;
    const claimed = allOf(CLAIMED, results[from]);
    const job = firstOf(JOB, results[from + 1]);
    return claimed.length > 0 && job ? { job, samples: claimed } : null;
  });
}

const STATEMENTS_OF_A_CLAIM = 3;

function claimOne(
  { project, jobId, from, to }: ClaimTarget,
  { now, leaseUntil }: { now: number; leaseUntil: number },
): Sql[] {
  const ofTarget = sql`job_id = ${jobId} AND seq BETWEEN ${from} AND ${to}`;
  return [
    sql`UPDATE samples SET status = 'running', attempt = attempt + 1, lease_until = ${leaseUntil},
          crashes = crashes + (status = 'running')
        WHERE ${ofTarget} AND (status = 'queued' OR (status = 'running' AND lease_until < ${now}))
          AND EXISTS (SELECT 1 FROM jobs AS j WHERE j.project = ${project} AND j.id = ${jobId} AND j.kind = 'single'
                      AND j.status IN ('queued', 'running') AND NOT ${holdBackModels("j", now)})
        RETURNING ${columns(CLAIMED)}`,
    // Only a job with a sample under this very lease becomes running, so a claim that found nothing changes nothing.
    sql`UPDATE jobs SET status = 'running', started_at = coalesce(started_at, ${now}), updated_at = ${now},
          attempts = attempts + 1, wake_at = ${leaseUntil}, wakes = 0
        WHERE project = ${project} AND id = ${jobId} AND status IN ('queued', 'running')
          AND EXISTS (SELECT 1 FROM samples WHERE ${ofTarget} AND status = 'running' AND lease_until = ${leaseUntil})
        RETURNING ${columns(JOB)}`,
    probeBreaker(
      now,
      sql`EXISTS (SELECT 1 FROM samples AS s JOIN jobs AS j ON j.project = ${project} AND j.id = s.job_id
        WHERE s.job_id = ${jobId} AND s.lease_until = ${leaseUntil} AND s.status = 'running' AND j.judge <> 'offline')`,
    ),
  ];
}

/** The heartbeat. False: the lease is lost, or the job was cancelled; the holder must stop. */
export async function extendLease(
  db: D1Database,
  holder: SampleHolder,
  leaseUntil: number,
): Promise<boolean> {
  const extend = [
    sql`UPDATE samples SET lease_until = ${leaseUntil} WHERE ${ofAttempt(holder)} AND status = 'running'`,
    sql`UPDATE jobs SET wake_at = max(coalesce(wake_at, 0), ${leaseUntil})
        WHERE project = ${holder.project} AND id = ${holder.jobId} AND status = 'running'`,
  ];
  const [extended] = await commitTogether(
    db,
    extend.map((query) => prepare(db, query)),
  );
  return hasChanged(extended);
}

/** Whether a sample is still held and its job still wanted, without writing anything. */
export async function holdsSample(
  db: D1Database,
  { project, jobId, seq, attempt }: SampleHolder,
): Promise<boolean> {
  const look = sql`SELECT 1 AS held FROM samples AS s JOIN jobs AS j ON j.project = ${project} AND j.id = s.job_id
      WHERE s.job_id = ${jobId} AND s.seq = ${seq} AND s.attempt = ${attempt}
        AND s.status = 'running' AND j.status = 'running'`;
  // Jobs of one consumer look in the same moment.
  const [held] = await commitTogether(db, [prepare(db, look)]);
  return (held?.results.length ?? 0) > 0;
}
