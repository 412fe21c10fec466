import type { Outcomes, Scores, Usage } from "../../contract.ts";
import type { Failure, SaidWarning } from "../../words/said.ts";
import { commitTogether } from "../commit-together.ts";
import { announceEnd } from "../deliveries.ts";

export interface SampleResult {
  scores: Scores;
  outcomes: Outcomes;
  weightedScore: number | null;
  cause: string | null;
  gain: number | null;
  usage: Usage;
  evidence: EvidencePlace | null;
  judgements: readonly string[];
}

export interface EvidencePlace {
  key: string;
  offset: number;
  length: number;
}

/** How a job of one sample ends once it was scored. */
export interface SingleEnd {
  finishedAt: number;
  /** null where it has no run, because no metric could be scored. */
  runId: string | null;
  /** Why it failed; null: it is completed. */
  error: Failure | null;
  /** The judge that scored it in the end. */
  judge: string;
  /** Who wants to be told. */
  callbackUrl: string | null;
  warnings: readonly SaidWarning[];
}

// The texts are in the evidence now; in the row they would cost a page of the database for every job. Without evidence
// they stay, or the sample could not be tried again.
const FINISH_SAMPLE = `UPDATE samples SET status = iif(?15 IS NULL, 'completed', 'failed'), lease_until = NULL,
    input = iif(?15 IS NULL, NULL, input), scores = ?4, outcomes = ?5,
    weighted_score = ?6, cause = ?7, usage = ?8, evidence_key = ?9, evidence_offset = ?10, evidence_length = ?11,
    judgements = ?12, gain = ?13, error_code = ?14, error_message = ?15
  WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'running'`;

const FINISH_SINGLE_JOB = `UPDATE jobs SET status = iif(?13 IS NULL, 'completed', 'failed'), finished_at = ?4,
    updated_at = ?4, wake_at = NULL, done = iif(?13 IS NULL, 1, 0), failed = iif(?13 IS NULL, 0, 1), scores = ?5, outcomes = ?6, weighted_score = ?7, run_id = ?8, usage = ?9, judge = ?11,
    warnings = ?12, error_code = ?13, error_message = ?14
  WHERE project = ?10 AND id = ?1 AND status IN ('queued', 'running')
    AND EXISTS (SELECT 1 FROM samples WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3
      AND status = iif(?13 IS NULL, 'completed', 'failed'))`;

const COUNT_USES = `UPDATE judgements SET uses = uses + 1 WHERE key IN (SELECT value FROM json_each(?4))
  AND EXISTS (SELECT 1 FROM samples WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'running')`;

/**
 * Fenced: null when a newer attempt holds the sample or the job has ended; then nothing is written. `companions`
 * belong to the same transaction and carry conditions of their own; their answers come back.
 */
export async function finishSingleJob(
  db: D1Database,
  holder: { project: string; jobId: string; seq: number; attempt: number },
  result: SampleResult,
  end: SingleEnd,
  companions: readonly D1PreparedStatement[] = [],
): Promise<D1Result[] | null> {
  const { project, jobId, seq, attempt } = holder;
  const scores = JSON.stringify(result.scores);
  const outcomes = JSON.stringify(result.outcomes);
  const usage = JSON.stringify(result.usage);
  const judgements = JSON.stringify(result.judgements);
  // What most jobs have no need of is not sent.
  const first =
    result.judgements.length === 0
      ? []
      : [db.prepare(COUNT_USES).bind(jobId, seq, attempt, judgements)];
  const last =
    end.callbackUrl === null
      ? []
      : [announceEnd(db, { project, jobId }, end.error ? "failed" : "completed", end.finishedAt)];
  const results = await commitTogether(db, [
    ...first,
    db
      .prepare(FINISH_SAMPLE)
      .bind(
        jobId,
        seq,
        attempt,
        scores,
        outcomes,
        result.weightedScore,
        result.cause,
        usage,
        result.evidence?.key ?? null,
        result.evidence?.offset ?? null,
        result.evidence?.length ?? null,
        result.judgements.length > 0 ? judgements : null,
        result.gain,
        end.error?.code ?? null,
        end.error ? JSON.stringify(end.error.message) : null,
      ),
    db
      .prepare(FINISH_SINGLE_JOB)
      .bind(
        jobId,
        seq,
        attempt,
        end.finishedAt,
        scores,
        outcomes,
        result.weightedScore,
        end.runId,
        usage,
        project,
        end.judge,
        JSON.stringify(end.warnings),
        end.error?.code ?? null,
        end.error ? JSON.stringify(end.error.message) : null,
      ),
    ...companions,
    ...last,
  ]);
  const finished = results[first.length + 1];
  if ((finished?.meta.changes ?? 0) === 0) return null;
  return results.slice(first.length + 2, first.length + 2 + companions.length);
}

/** Takes the request of a scored sample out of its row; part of the finishing transaction. */
export function forgetInput(
  db: D1Database,
  holder: { jobId: string; seq: number },
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE samples SET input = NULL, input_key = NULL
       WHERE job_id = ?1 AND seq = ?2 AND status = 'completed'`,
    )
    .bind(holder.jobId, holder.seq);
}
