import type { Outcomes, Scores, Usage, Warning } from "../../contract.ts";
import { commitTogether } from "../commit-together.ts";
import { announceEnd } from "../deliveries.ts";

export interface SampleResult {
  scores: Scores;
  outcomes: Outcomes;
  weightedScore: number | null;
  cause: string | null;
  gain: number | null;
  usage: Usage;
  evidenceKey: string;
  evidenceOffset: number;
  evidenceLength: number;
  judgements: readonly string[];
}

/** How a job of one sample ends well. */
export interface SingleEnd {
  finishedAt: number;
  runId: string;
  /** The judge that scored it in the end. */
  judge: string;
  /** Who wants to be told. */
  callbackUrl: string | null;
  warnings: readonly Warning[];
}

// The texts are in the evidence now; in the row they would cost a page of the database for every job.
const FINISH_SAMPLE = `UPDATE samples SET status = 'completed', lease_until = NULL, input = NULL, scores = ?4, outcomes = ?5,
    weighted_score = ?6, cause = ?7, usage = ?8, evidence_key = ?9, evidence_offset = ?10, evidence_length = ?11,
    judgements = ?12, gain = ?13, error_code = NULL, error_message = NULL
  WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'running'`;

const FINISH_SINGLE_JOB = `UPDATE jobs SET status = 'completed', finished_at = ?4, updated_at = ?4, wake_at = NULL,
    done = 1, failed = 0, scores = ?5, outcomes = ?6, weighted_score = ?7, run_id = ?8, usage = ?9, judge = ?11,
    warnings = ?12, error_code = NULL, error_message = NULL
  WHERE project = ?10 AND id = ?1 AND status IN ('queued', 'running')
    AND EXISTS (SELECT 1 FROM samples WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'completed')`;

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
      : [announceEnd(db, { project, jobId }, "completed", end.finishedAt)];
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
        result.evidenceKey,
        result.evidenceOffset,
        result.evidenceLength,
        result.judgements.length > 0 ? judgements : null,
        result.gain,
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
