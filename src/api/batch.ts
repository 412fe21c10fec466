import { type CriterionRequest, LIMITS } from "../contract.ts";
import { AppError } from "../errors.ts";
import { guessFormat } from "../intake/batch-rows/format.ts";
import { FieldReader } from "../intake/field-reader.ts";
import { recogniseUpload } from "../intake/formats/recognise-upload.ts";
import { readIdempotencyKey } from "../intake/idempotency.ts";
import type { Notes } from "../intake/notes.ts";
import { openBody } from "../intake/open-body.ts";
import { acceptBatch, checkBatch } from "../jobs/batch/accept-batch.ts";
import { BatchFields } from "../jobs/batch/batch-fields.ts";
import { uploadKey } from "../storage/artifacts.ts";
import type { BatchOptions } from "../storage/batches.ts";
import { ObjectWriter, type WrittenObject } from "../storage/stream-object.ts";
import { type Http, originOf } from "./http-context.ts";
import { viewAccepted } from "./job-view.ts";
import { readTraceparent, showQuota } from "./submit.ts";

const RETRY_AFTER_SECONDS = 5;
/** Enough to see what kind of text it is, and mostly to read a first row. */
const START_BYTES = 64 * 1024;

/**
 * `POST /api/score/batch`: the upload streams to storage as it comes and is taken apart later. Settings for all rows
 * stand in the query: `name`, `metrics`, `judge`, `tags`, `callback_url` …
 */
export async function scoreBatch(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const idempotencyKey = readIdempotencyKey(http.req.header("idempotency-key") ?? null);
  const { fields, options } = readOptions(http, caller.settings.criteria);
  checkBatch(context, options, fields.callback_url);
  const jobId = `job_${context.newId()}`;
  const key = uploadKey(caller.project, jobId);
  const upload = await storeUpload(http, key);
  const format = guessFormat(http.req.header("content-type") ?? "", upload.start);
  const { job, isNew } = await acceptBatch(context, {
    project: caller.project,
    submittedBy: caller.id,
    jobId,
    uploadKey: key,
    format,
    rowFormat: recogniseUpload(format, upload.start),
    fingerprint: await fingerprint([upload.sha256, fields, options]),
    idempotencyKey,
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
  return http.json(viewAccepted(job, originOf(http)), 202);
}

function readOptions(
  http: Http,
  saved: readonly CriterionRequest[],
): { fields: BatchFields; options: BatchOptions } {
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
      detail: `\`${issue.path.join(".")}\`: ${issue.message}.`,
    })),
  ];
  if (!parsed.success || errors.length > 0) {
    throw new AppError("invalid_request", errors[0]?.detail ?? "The query is not valid.", {
      errors,
    });
  }
  const { name: _name, tags: _tags, callback_url: _url, ...shared } = parsed.data;
  const options: BatchOptions = {
    ...shared,
    criteria,
    format,
    charset: readCharset(http),
    store_text: true,
  };
  return { fields: parsed.data, options };
}

function readCharset(http: Http): string {
  const type = http.req.header("content-type") ?? "";
  const charset = /;\s{0,20}charset\s{0,20}=\s{0,20}"?([\w.:-]{1,40})/i.exec(type)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).encoding;
  } catch (cause) {
    throw new AppError("unsupported_media_type", "This charset is not known; send UTF-8.", {
      cause,
    });
  }
}

interface Upload extends WrittenObject {
  /** The first characters. */
  start: string;
}

/** Streams the body to storage, part by part, and stops at the limit. */
async function storeUpload(http: Http, key: string): Promise<Upload> {
  const { raw } = http.req;
  const encoding = raw.headers.get("content-encoding")?.trim().toLowerCase();
  if (encoding && encoding !== "identity") {
    throw new AppError("unsupported_media_type", "Send the upload uncompressed.");
  }
  if (/^\s*multipart\//i.test(raw.headers.get("content-type") ?? "")) {
    throw new AppError(
      "unsupported_media_type",
      "Send the file itself as the body, not as a form: JSON, JSON Lines or CSV.",
    );
  }
  if (Number(raw.headers.get("content-length") ?? 0) > LIMITS.batchBytes) throw tooLarge();
  const writer = new ObjectWriter(http.get("jobs").bucket, key, "application/octet-stream");
  let start = new Uint8Array(0);
  try {
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = raw.body?.getReader();
    for (;;) {
      const { done, value } = await readPiece(reader);
      if (done || value === undefined) break;
      if (start.byteLength === 0) start = value.slice(0, START_BYTES);
      await writer.write(value);
      if (writer.size > LIMITS.batchBytes) {
        await reader?.cancel().catch(() => undefined);
        throw tooLarge();
      }
    }
    if (writer.size === 0) {
      throw new AppError("body_unreadable", "The upload is empty; send a list of samples.");
    }
    return { ...(await writer.finish()), start: new TextDecoder().decode(start) };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

async function readPiece(reader: ReadableStreamDefaultReader<Uint8Array> | undefined) {
  if (!reader) return { done: true, value: undefined };
  try {
    return await reader.read();
  } catch (cause) {
    throw new AppError("body_unreadable", "The upload broke off before its end; send it again.", {
      cause,
    });
  }
}

function tooLarge(): AppError {
  const megabytes = LIMITS.batchBytes / (1024 * 1024);
  return new AppError("body_too_large", `The upload is larger than ${megabytes} MB; split it.`);
}

async function fingerprint(parts: readonly unknown[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
