import { LIMITS, type SyncResult } from "../contract.ts";
import { AppError } from "../errors.ts";
import { fingerprint, readIdempotencyKey } from "../intake/idempotency.ts";
import { readBody } from "../intake/read-body.ts";
import { readScoreRequest } from "../intake/score-request.ts";
import { acceptJob } from "../jobs/accept.ts";
import { hasEnded } from "../jobs/job.ts";
import { runJob } from "../jobs/run-job.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { getJob } from "../storage/jobs.ts";
import { type Http, originOf } from "./http-context.ts";
import { jobEtag, viewAccepted, viewJob } from "./job-view.ts";

const POLL_EVERY_MS = 250;
const RETRY_AFTER_SECONDS = 2;

/** `POST /api/score/async`: one write, one send, 202. */
export async function scoreAsync(http: Http): Promise<Response> {
  const { job } = await accept(http, true);
  const waitSeconds = readWait(http.req.header("prefer"));
  if (waitSeconds > 0) {
    http.header("Preference-Applied", `wait=${waitSeconds}`);
    const finished = await waitForEnd(http, job, waitSeconds * 1000);
    if (finished) {
      http.header("ETag", jobEtag(finished));
      return http.json(viewJob(finished, originOf(http)), 200);
    }
  }
  http.header("Location", `/api/score/jobs/${job.id}`);
  http.header("Retry-After", String(RETRY_AFTER_SECONDS));
  return http.json(viewAccepted(job, originOf(http)), 202);
}

/** `POST /api/score`: the same job, run within the request. */
export async function scoreNow(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const startedAt = context.now();
  const { job, isNew } = await accept(http, false);
  if (isNew) {
    const result = await runJob(context, { project: job.project, id: job.id, from: 0, to: 0 });
    if (result.kind === "retry") {
      // The job stays and is tried again by the queue; the client is told what it is waiting for.
      const message = { kind: "score", project: job.project, id: job.id, from: 0, to: 0 } as const;
      await context.wake([{ message, delaySeconds: result.delaySeconds }]).catch(() => undefined);
    }
  }
  const ended = (await getJob(context.db, job.project, job.id)) ?? job;
  http.header("Location", `/api/score/jobs/${job.id}`);
  return http.json(viewSyncResult(ended, originOf(http), context.now() - startedAt), 200);
}

function viewSyncResult(job: JobRecord, origin: string, latencyMs: number): SyncResult {
  const view = viewJob(job, origin);
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

async function accept(http: Http, queued: boolean) {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const reading = readScoreRequest(await readBody(http.req.raw));
  const { request } = reading;
  checkModels(http, request.judge_model, "judge_model");
  checkModels(http, request.embedding_model, "embedding_model");
  if (request.judge === "llm" && context.settings.openaiApiKey === null) {
    throw new AppError(
      "invalid_request",
      "`judge` is llm, but this server has no model key; use auto or offline.",
      {
        errors: [{ pointer: "#/judge", detail: "No model is configured on this server." }],
      },
    );
  }
  return acceptJob(context, {
    project: caller.project,
    submittedBy: caller.id,
    request,
    fingerprint: await fingerprint(request),
    idempotencyKey: readIdempotencyKey(http.req.header("idempotency-key") ?? null),
    warnings: reading.warnings,
    contextsReceived: reading.contextsReceived,
    contextsParsed: reading.contextsParsed,
    traceparent: readTraceparent(http.req.header("traceparent")),
    queued,
    settings: caller.settings,
  });
}

function checkModels(http: Http, model: string | null, field: string): void {
  if (model === null) return;
  const { allowedModels, judgeModel, embeddingModel } = http.get("jobs").settings;
  const allowed = [...new Set([...allowedModels, judgeModel, embeddingModel ?? ""])].filter(
    Boolean,
  );
  if (allowed.includes(model)) return;
  throw new AppError(
    "invalid_request",
    `This model is not allowed here. Allowed: ${allowed.join(", ")}.`,
    {
      errors: [
        { pointer: `#/${field}`, detail: `Not in ALLOWED_MODELS. Allowed: ${allowed.join(", ")}.` },
      ],
    },
  );
}

function readTraceparent(header: string | undefined): string | null {
  return header && /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(header)
    ? header
    : null;
}

/** `Prefer: wait=N` of RFC 7240, capped. */
function readWait(header: string | undefined): number {
  const seconds = Number(header?.match(/(?:^|[,;\s])wait\s*=\s*"?(\d{1,5})/i)?.[1] ?? 0);
  return Math.min(seconds, LIMITS.waitSeconds);
}

async function waitForEnd(http: Http, job: JobRecord, waitMs: number): Promise<JobRecord | null> {
  const context = http.get("jobs");
  const deadline = Date.now() + waitMs;
  let current: JobRecord | null = job;
  while (current && !hasEnded(current.status) && Date.now() < deadline) {
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(POLL_EVERY_MS, deadline - Date.now())),
    );
    current = await getJob(context.db, job.project, job.id);
  }
  return current && hasEnded(current.status) ? current : null;
}
