import type { Accepted, Job } from "../../contract.ts";
import type { Client } from "../../http/http-context.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { type Reader, sayFailure, sayWarning } from "../../words/say.ts";

/** A job as the contract shows it. */
export function viewJob(job: JobRecord, { origin, reader }: Client): Job {
  const skipped = Object.entries(job.outcomes)
    .filter(
      ([, outcome]) =>
        outcome.status === "not_applicable" && outcome.reason?.startsWith("missing_"),
    )
    .map(([metric]) => metric);
  return {
    job_id: job.id,
    kind: job.kind,
    status: job.status,
    created_at: isoTime(job.createdAt),
    started_at: job.startedAt === null ? null : isoTime(job.startedAt),
    finished_at: job.finishedAt === null ? null : isoTime(job.finishedAt),
    question: job.question,
    name: job.name,
    tags: job.tags,
    session_id: job.sessionId,
    metrics: job.metrics,
    judge: job.judge,
    judge_model: job.judgeModel,
    embedding_model: job.embeddingModel,
    scores: job.scores,
    outcomes: job.outcomes,
    weighted_score: job.weightedScore,
    skipped_metrics: skipped,
    progress: { done: job.done, failed: job.failed, total: job.total },
    attempts: job.attempts,
    run_id: job.runId,
    report_url: reportUrl(job, origin),
    format: job.format,
    error: sayFailure(job.error, reader),
    warnings: job.warnings.map((warning) => sayWarning(warning, reader)),
    contexts_received: job.contextsReceived,
    contexts_parsed: job.contextsParsed,
    bad_rows: job.badRows,
    usage: job.usage,
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

function reportUrl(job: JobRecord, origin: string): string {
  return `${origin}/jobs/${job.id}`;
}

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
