import { quotaHeaders, utcDay } from "../../access/quota.ts";
import type { JobSource } from "../../contract/job.ts";
import { type Http, originOf } from "../../http/http-context.ts";
import { fingerprint, readIdempotencyKey } from "../../intake/idempotency.ts";
import { readScoreRequest } from "../../intake/score-request.ts";
import { acceptJob } from "../../jobs/accept.ts";
import { checkJudge } from "../../jobs/check-judge.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getUse } from "../../storage/quotas.ts";

/** What arrived becomes a job of the caller; `fields` is a body in any of the shapes intake knows. */
export async function submit(
  http: Http,
  fields: unknown,
  queued: boolean,
  source: JobSource = isOwnPage(http) ? "form" : "api",
): Promise<{ job: JobRecord; isNew: boolean }> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const reading = readScoreRequest(fields, caller.settings.criteria);
  const { request } = reading;
  checkJudge(context.settings, request);
  const accepted = await acceptJob(context, {
    project: caller.project,
    submittedBy: caller.id,
    request,
    fingerprint: await fingerprint(request),
    idempotencyKey: readIdempotencyKey(http.req.header("idempotency-key") ?? null),
    warnings: reading.warnings,
    contextsReceived: reading.contextsReceived,
    contextsParsed: reading.contextsParsed,
    format: reading.format,
    source,
    traceparent: readTraceparent(http.req.header("traceparent")),
    queued,
    settings: caller.settings,
    origin: originOf(http),
  });
  await showQuota(http);
  return accepted;
}

/** Only browsers say so, and no script can. */
function isOwnPage(http: Http): boolean {
  return http.req.header("sec-fetch-site") === "same-origin";
}

/** What is left of the day, for a project that has limits. */
export async function showQuota(http: Http): Promise<void> {
  const { db, now } = http.get("jobs");
  const { project, settings } = http.get("caller");
  if (settings.samplesPerDay === null && settings.judgeTokensPerDay === null) return;
  const use = await getUse(db, project, utcDay(now()));
  for (const [name, value] of Object.entries(quotaHeaders(settings, use, now()))) {
    http.header(name, value);
  }
}

export function readTraceparent(header: string | undefined): string | null {
  return header && /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(header)
    ? header
    : null;
}
