import type { Accepted, Job } from "../../contract/job.ts";
import type { Client } from "../../http/http-context.ts";
import { type JobRecord, scoresOf } from "../../storage/job-records.ts";
import { sayFailure, sayWarning } from "../../words/say.ts";
import type { Reader } from "../../words/speaker.ts";

/** Fields of a job that no view shows. One that stands neither here nor in `viewJob` does not compile. */
type Hidden =
  | "project"
  | "updatedAt"
  | "language"
  | "callbackUrl"
  | "traceparent"
  | "submittedBy"
  | "fingerprint"
  | "fallback"
  | "origin";

/** A job as the contract shows it. */
export function viewJob(job: Omit<JobRecord, Hidden>, { origin, reader }: Client): Job {
  // Taken apart to the last field, so that what is left over is one nobody has thought of.
  const { id, createdAt, startedAt, finishedAt, done, failed, total, ...named } = job;
  const { sampleId, sessionId, judgeModel, embeddingModel, weightedScore, runId, ...others } =
    named;
  const { contextsReceived, contextsParsed, badRows, ...same } = others;
  const { kind, status, question, answer, name, tags, metrics, judge, means, outcomes, ...left } =
    same;
  const {
    attempts,
    format,
    error,
    warnings,
    usage,
    source,
    cause,
    worstMetric,
    trace,
    ...forgotten
  } = left;
  forgotten satisfies Record<string, never>;
  const skipped = Object.entries(outcomes)
    .filter(
      ([, outcome]) =>
        outcome.status === "not_applicable" && outcome.reason?.startsWith("missing_"),
    )
    .map(([metric]) => metric);
  return {
    job_id: id,
    kind,
    status,
    created_at: isoTime(createdAt),
    started_at: startedAt === null ? null : isoTime(startedAt),
    finished_at: finishedAt === null ? null : isoTime(finishedAt),
    question,
    answer,
    sample_id: sampleId,
    name,
    tags,
    session_id: sessionId,
    metrics,
    judge,
    judge_model: judgeModel,
    embedding_model: embeddingModel,
    scores: scoresOf({ means, outcomes }),
    outcomes,
    weighted_score: weightedScore,
    cause,
    worst_metric: worstMetric,
    skipped_metrics: skipped,
    progress: { done, failed, total },
    attempts,
    run_id: runId,
    report_url: reportUrl(job, origin),
    format,
    source,
    error: sayFailure(error, reader),
    warnings: warnings.map((warning) => sayWarning(warning, reader)),
    contexts_received: contextsReceived,
    contexts_parsed: contextsParsed,
    bad_rows: badRows,
    usage,
    trace,
  };
}

/** Bad rows a list names of a job; its own page names more. */
const BAD_ROWS_IN_LIST = 3;

/** A job in a list: a hundred bad rows each would make a page of them heavy. */
export function viewListedJob(job: JobRecord, client: Client): Job {
  if (job.badRows <= BAD_ROWS_IN_LIST) return viewJob(job, client);
  let left = BAD_ROWS_IN_LIST;
  const warnings = job.warnings.filter(({ code }) => code !== "bad_row" || left-- > 0);
  return viewJob({ ...job, warnings }, client);
}

export function viewAccepted(job: JobRecord, { origin, reader }: Client): Accepted {
  return {
    job_id: job.id,
    status: job.status,
    run_id: job.runId,
    status_url: `${origin}/api/score/jobs/${job.id}`,
    report_url: reportUrl(job, origin),
    format: job.format,
    warnings: job.warnings.map((warning) => sayWarning(warning, reader)),
  };
}

/** Changes whenever anything a client can see of the job changes; its words are in the language of the client. */
export function jobEtag(job: JobRecord, reader: Reader): string {
  const language = reader === null ? "" : `-${reader}`;
  return `W/"${job.updatedAt.toString(36)}-${job.status}-${job.done}-${job.failed}${language}"`;
}

function reportUrl(job: Pick<JobRecord, "id">, origin: string): string {
  return `${origin}/jobs/${job.id}`;
}

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
