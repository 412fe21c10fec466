import { quotaHeaders, utcDay } from "../access/quota.ts";
import { AppError } from "../errors.ts";
import { fingerprint, readIdempotencyKey } from "../intake/idempotency.ts";
import { readScoreRequest } from "../intake/score-request.ts";
import { acceptJob } from "../jobs/accept.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { getUse } from "../storage/quotas.ts";
import type { Http } from "./http-context.ts";

/** What arrived becomes a job of the caller; `fields` is a body in any of the shapes intake knows. */
export async function submit(
  http: Http,
  fields: unknown,
  queued: boolean,
): Promise<{ job: JobRecord; isNew: boolean }> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const reading = readScoreRequest(fields);
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
  const accepted = await acceptJob(context, {
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
  await showQuota(http);
  return accepted;
}

/** What is left of the day, for a project that has limits. */
async function showQuota(http: Http): Promise<void> {
  const { db, now } = http.get("jobs");
  const { project, settings } = http.get("caller");
  if (settings.samplesPerDay === null && settings.judgeTokensPerDay === null) return;
  const use = await getUse(db, project, utcDay(now()));
  for (const [name, value] of Object.entries(quotaHeaders(settings, use, now()))) {
    http.header(name, value);
  }
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
