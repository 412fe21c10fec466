import { holdBackLlm, probeBreaker } from "../breaker.ts";
import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "../job-records.ts";

const CLAIM_SAMPLES = `UPDATE samples SET status = 'running', attempt = attempt + 1, lease_until = ?4,
    crashes = crashes + (status = 'running')
  WHERE job_id = ?1 AND seq BETWEEN ?2 AND ?3
    AND (status = 'queued' OR (status = 'running' AND lease_until < ?5))
    AND EXISTS (SELECT 1 FROM jobs AS j WHERE j.project = ?6 AND j.id = ?1 AND j.kind = 'single'
                AND j.status IN ('queued', 'running') AND NOT ${holdBackLlm("j", "?5")})
  RETURNING seq, sample_id, attempt, crashes, input, input_key`;

// Only a job with a sample under this very lease becomes running, so a claim that found nothing changes nothing.
const START_JOB = `UPDATE jobs SET status = 'running', started_at = coalesce(started_at, ?5), updated_at = ?5,
    attempts = attempts + 1, wake_at = ?4, wakes = 0
  WHERE project = ?6 AND id = ?1 AND status IN ('queued', 'running')
    AND EXISTS (SELECT 1 FROM samples WHERE job_id = ?1 AND seq BETWEEN ?2 AND ?3
                AND status = 'running' AND lease_until = ?4)
  RETURNING ${JOB_COLUMNS}`;

export interface ClaimedSample {
  seq: number;
  sampleId: string;
  attempt: number;
  /** Times its consumer stopped without a word. */
  crashes: number;
  input: string | null;
  inputKey: string | null;
}

interface ClaimedRow {
  seq: number;
  sample_id: string;
  attempt: number;
  crashes: number;
  input: string | null;
  input_key: string | null;
}

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
  const results = await db.batch<unknown>(targets.flatMap((one) => claimOne(db, one, times)));
  return targets.map((_, at) => {
    const from = at * STATEMENTS_OF_A_CLAIM;
    return readClaim(results[from], results[from + 1]);
  });
}

const STATEMENTS_OF_A_CLAIM = 3;

function claimOne(
  db: D1Database,
  { project, jobId, from, to }: ClaimTarget,
  times: { now: number; leaseUntil: number },
): D1PreparedStatement[] {
  return [
    db.prepare(CLAIM_SAMPLES).bind(jobId, from, to, times.leaseUntil, times.now, project),
    db.prepare(START_JOB).bind(jobId, from, to, times.leaseUntil, times.now, project),
    probeBreaker(
      db,
      times.now,
      `EXISTS (SELECT 1 FROM samples AS s JOIN jobs AS j ON j.project = ?4 AND j.id = s.job_id
        WHERE s.job_id = ?5 AND s.lease_until = ?6 AND s.status = 'running' AND j.judge = 'llm')`,
      [project, jobId, times.leaseUntil],
    ),
  ];
}

function readClaim(
  claimed: D1Result<unknown> | undefined,
  started: D1Result<unknown> | undefined,
): Claim | null {
  const rows = (claimed?.results ?? []) as ClaimedRow[];
  const [jobRow] = (started?.results ?? []) as JobRow[];
  if (rows.length === 0 || !jobRow) return null;
  return {
    job: toJobRecord(jobRow),
    samples: rows.map((row) => ({
      seq: row.seq,
      sampleId: row.sample_id,
      attempt: row.attempt,
      crashes: row.crashes,
      input: row.input,
      inputKey: row.input_key,
    })),
  };
}

const EXTEND_LEASE = `UPDATE samples SET lease_until = ?4
  WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'running'`;
const EXTEND_WAKE = `UPDATE jobs SET wake_at = max(coalesce(wake_at, 0), ?3)
  WHERE project = ?1 AND id = ?2 AND status = 'running'`;

/** The heartbeat. False: the lease is lost, or the job was cancelled; the holder must stop. */
export async function extendLease(
  db: D1Database,
  holder: { project: string; jobId: string; seq: number; attempt: number },
  leaseUntil: number,
): Promise<boolean> {
  const [extended] = await db.batch([
    db.prepare(EXTEND_LEASE).bind(holder.jobId, holder.seq, holder.attempt, leaseUntil),
    db.prepare(EXTEND_WAKE).bind(holder.project, holder.jobId, leaseUntil),
  ]);
  return (extended?.meta.changes ?? 0) > 0;
}

const HOLDS_SAMPLE = `SELECT 1 AS held FROM samples AS s JOIN jobs AS j ON j.project = ?4 AND j.id = s.job_id
  WHERE s.job_id = ?1 AND s.seq = ?2 AND s.attempt = ?3 AND s.status = 'running' AND j.status = 'running'`;

/** Whether a sample is still held and its job still wanted, without writing anything. */
export async function holdsSample(
  db: D1Database,
  holder: { project: string; jobId: string; seq: number; attempt: number },
): Promise<boolean> {
  const { jobId, seq, attempt, project } = holder;
  return (await db.prepare(HOLDS_SAMPLE).bind(jobId, seq, attempt, project).first()) !== null;
}
