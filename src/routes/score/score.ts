import type { SyncResult } from "../../contract/job.ts";
import { type Client, clientOf, type Http, readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { readBody } from "../../intake/read-body.ts";
import { runJob } from "../../jobs/run-job.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";
import { jobEtag, viewAccepted, viewJob } from "../jobs/job-view.ts";
import type { SCORE_ROUTES } from "./routes.ts";
import { submit } from "./submit.ts";
import { readWait, waitForEnd } from "./wait-for-job.ts";

const RETRY_AFTER_SECONDS = 2;

export const SCORE_HANDLERS = {
  /** One write, one send, 202. */
  async score_async(http) {
    const { job } = await submit(http, await readBody(http.req.raw), true);
    const waitSeconds = readWait(http.req.header("prefer"));
    if (waitSeconds > 0) {
      http.header("Preference-Applied", `wait=${waitSeconds}`);
      const finished = await waitForEnd(http, job, waitSeconds * 1000);
      if (finished) {
        http.header("ETag", jobEtag(finished, readerOf(http)));
        return http.json(viewJob(finished, clientOf(http)), 200);
      }
    }
    http.header("Location", `/api/score/jobs/${job.id}`);
    http.header("Retry-After", String(RETRY_AFTER_SECONDS));
    return viewAccepted(job, clientOf(http));
  },

  /** The same job, run within the request. */
  async score_now(http) {
    const result = await scoreWithin(http, await readBody(http.req.raw));
    http.header("Location", `/api/score/jobs/${result.job_id}`);
    return result;
  },
} satisfies Partial<Handlers<typeof SCORE_ROUTES>>;

/** Submits and runs a job at once; when the judge is away for now the job stays and the queue goes on with it. */
export async function scoreWithin(http: Http, fields: unknown): Promise<SyncResult> {
  const context = http.get("jobs");
  const startedAt = context.now();
  const { job, isNew } = await submit(http, fields, false);
  if (isNew) {
    const result = await runJob(context, { project: job.project, id: job.id, from: 0, to: 0 });
    if (result.kind === "retry") {
      const message = { kind: "score", project: job.project, id: job.id, from: 0, to: 0 } as const;
      await context.wake([{ message, delaySeconds: result.delaySeconds }]).catch(() => undefined);
    }
  }
  const ended = (await getJob(context.db, job.project, job.id)) ?? job;
  return viewSyncResult(ended, clientOf(http), context.now() - startedAt);
}

function viewSyncResult(job: JobRecord, client: Client, latencyMs: number): SyncResult {
  const view = viewJob(job, client);
  return {
    scores: view.scores,
    weighted_score: view.weighted_score,
    latency_ms: latencyMs,
    skipped_metrics: view.skipped_metrics,
    error: view.error,
    job_id: view.job_id,
    run_id: view.run_id,
    outcomes: view.outcomes,
    warnings: view.warnings,
  };
}
