import type { CriterionRequest } from "../../contract/score-request.ts";
import { AppError } from "../../errors.ts";
import { clientOf, type Http, originOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { FieldReader } from "../../intake/field-reader.ts";
import { fingerprint, readIdempotencyKey } from "../../intake/idempotency.ts";
import type { Notes } from "../../intake/notes.ts";
import { openBody } from "../../intake/open-body.ts";
import { acceptBatch, checkBatch } from "../../jobs/batch/accept-batch.ts";
import { BatchFields } from "../../jobs/batch/batch-fields.ts";
import { uploadKey } from "../../storage/artifacts.ts";
import type { BatchOptions } from "../../storage/schema.ts";
import { issueWords } from "../../words/issue-words.ts";
import { said } from "../../words/said.ts";
import { viewAccepted } from "../jobs/job-view.ts";
import type { SCORE_ROUTES } from "./routes.ts";
import { storeUpload } from "./store-upload.ts";
import { readTraceparent, showQuota } from "./submit.ts";

const RETRY_AFTER_SECONDS = 5;

export const BATCH_HANDLERS = {
  /**
   * The upload streams to storage as it comes and is taken apart later. Settings for all rows
   * stand in the query: `name`, `metrics`, `judge`, `tags`, `callback_url` …
   */
  async score_batch(http) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    const idempotencyKey = readIdempotencyKey(http.req.header("idempotency-key") ?? null);
    const { fields, wish } = readOptions(http, caller.settings.criteria);
    checkBatch(context, wish, fields.callback_url);
    const jobId = `job_${context.newId()}`;
    const key = uploadKey(caller.project, jobId);
    const upload = await storeUpload(http, key);
    const options: BatchOptions = { ...wish, charset: upload.charset };
    const { job, isNew } = await acceptBatch(context, {
      project: caller.project,
      submittedBy: caller.id,
      jobId,
      uploadKey: key,
      format: upload.format,
      rowFormat: upload.rowFormat,
      warnings: upload.warnings,
      fingerprint: await fingerprint([upload.sha256, fields, options]),
      idempotencyKey,
      source: "batch",
      options,
      name: fields.name,
      tags: fields.tags,
      callbackUrl: fields.callback_url,
      traceparent: readTraceparent(http.req.header("traceparent")),
      origin: originOf(http),
    }).catch(async (error) => {
      await context.bucket.delete(key).catch(() => undefined);
      throw error;
    });
    if (!isNew) await context.bucket.delete(key).catch(() => undefined);
    await showQuota(http);
    http.header("Location", `/api/score/jobs/${job.id}`);
    http.header("Retry-After", String(RETRY_AFTER_SECONDS));
    return viewAccepted(job, clientOf(http));
  },
} satisfies Partial<Handlers<typeof SCORE_ROUTES>>;

function readOptions(
  http: Http,
  saved: readonly CriterionRequest[],
): { fields: BatchFields; wish: Omit<BatchOptions, "charset"> } {
  const query = { ...http.req.query() };
  // Proof of identity is no field.
  delete query.key;
  const notes: Notes = { errors: [], warnings: [] };
  const reader = new FieldReader(openBody(query, notes), notes);
  const criteria = reader.namedCriteria(saved);
  const format = reader.rowFormat();
  const parsed = BatchFields.safeParse({
    name: reader.label("name"),
    tags: reader.tags(),
    callback_url: reader.callbackUrl(),
    metrics: reader.metrics(criteria ?? []),
    judge: reader.word("judge"),
    judge_model: reader.label("judge_model"),
    embedding_model: reader.label("embedding_model"),
    compat: reader.word("compat"),
    fallback: reader.word("fallback"),
    consistency: reader.word("consistency"),
    language: reader.language(),
  });
  const errors = [
    ...notes.errors,
    ...(parsed.error?.issues ?? []).map((issue) => ({
      pointer: `#/${issue.path.join("/")}`,
      detail: said("schema", { field: issue.path.join("."), issue: issueWords(issue) }),
    })),
  ];
  if (!parsed.success || errors.length > 0) {
    const first = errors[0]?.detail ?? said("request_not_valid");
    throw new AppError(said("invalid_request.fields", { first, more: "" }), { errors });
  }
  const { name: _name, tags: _tags, callback_url: _url, ...shared } = parsed.data;
  return { fields: parsed.data, wish: { ...shared, criteria, format, store_text: true } };
}
