import type { Sql } from "sql-template-tag";
import type { Usage } from "../../contract/outcome.ts";
import type { Failure, SaidWarning } from "../../words/said.ts";
import { commitTogether } from "../commit-together.ts";
import { announceEnd } from "../deliveries.ts";
import type { RecordOf } from "../fields.ts";
import { type EvidencePlace, jobs, samples } from "../schema.ts";
import { hasChanged, prepare, sql } from "../sql.ts";
import { set } from "../table.ts";
import { ofAttempt, type SampleHolder } from "./sample-holder.ts";

type Sample = RecordOf<typeof samples.fields>;

export interface SampleResult
  extends Pick<Sample, "weightedScore" | "cause" | "worstMetric" | "gain"> {
  outcomes: NonNullable<Sample["outcomes"]>;
  usage: Usage;
  evidence: EvidencePlace | null;
  judgements: readonly string[];
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
  warnings: SaidWarning[];
}

/**
 * Fenced: null when a newer attempt holds the sample or the job has ended; then nothing is written. `companions`
 * belong to the same transaction and carry conditions of their own; their answers come back.
 */
export async function finishSingleJob(
  db: D1Database,
  holder: SampleHolder,
  result: SampleResult,
  end: SingleEnd,
  companions: readonly Sql[] = [],
): Promise<D1Result[] | null> {
  const { project, jobId } = holder;
  const { judgements, evidence, gain, ...scored } = result;
  const { finishedAt, callbackUrl, error, ...shown } = end;
  const status = error === null ? "completed" : "failed";
  const finishedSample = {
    status,
    leaseUntil: null,
    gain,
    evidence,
    error,
    judgements: judgements.length > 0 ? judgements : null,
    // The texts are in the evidence now; in the row they would cost a page of the database for every job. Without
    // evidence they stay, or the sample could not be tried again.
    ...(error === null ? { input: null } : {}),
  } as const;
  const finishedJob = {
    ...scored,
    ...shown,
    status,
    finishedAt,
    updatedAt: finishedAt,
    wakeAt: null,
    done: error === null ? 1 : 0,
    failed: error === null ? 0 : 1,
    error,
  } as const;
  // What most jobs have no need of is not sent.
  const first =
    judgements.length === 0
      ? []
      : [
          sql`UPDATE judgements SET uses = uses + 1 WHERE key IN (SELECT value FROM json_each(${JSON.stringify(judgements)}))
            AND EXISTS (SELECT 1 FROM samples WHERE ${ofAttempt(holder)} AND status = 'running')`,
        ];
  const isTold = callbackUrl !== null || status === "failed";
  const last = isTold ? announceEnd(holder, status, finishedAt) : [];
  const queries = [
    ...first,
    sql`UPDATE samples SET ${set(samples, finishedSample)} WHERE ${ofAttempt(holder)} AND status = 'running'`,
    sql`UPDATE jobs SET ${set(jobs, finishedJob)}
        WHERE project = ${project} AND id = ${jobId} AND status IN ('queued', 'running')
          AND EXISTS (SELECT 1 FROM samples WHERE ${ofAttempt(holder)} AND status = ${status})`,
    ...companions,
    ...last,
  ];
  const results = await commitTogether(
    db,
    queries.map((query) => prepare(db, query)),
  );
  const finished = results[first.length + 1];
  if (!hasChanged(finished)) return null;
  return results.slice(first.length + 2, first.length + 2 + companions.length);
}

/** Takes the request of a scored sample out of its row; part of the finishing transaction. */
export function forgetInput({ jobId, seq }: { jobId: string; seq: number }): Sql {
  return sql`UPDATE samples SET ${set(samples, { input: null, inputKey: null })}
      WHERE job_id = ${jobId} AND seq = ${seq} AND status = 'completed'`;
}
