import { LIMITS } from "../../contract/limits.ts";
import { AppError } from "../../errors.ts";
import { clientOf, originOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { createDifyClient } from "../../intake/dify/client.ts";
import { type PullNotes, pullDifyMessages } from "../../intake/dify/pull-messages.ts";
import { fingerprint } from "../../intake/idempotency.ts";
import { acceptBatch } from "../../jobs/batch/accept-batch.ts";
import { BatchFields } from "../../jobs/batch/batch-fields.ts";
import type { JobContext } from "../../jobs/context.ts";
import { type Destination, findLookupProblem, openDestination } from "../../net/destination.ts";
import { uploadKey } from "../../storage/artifacts.ts";
import { ObjectWriter } from "../../storage/stream-object.ts";
import { type Said, type SaidWarning, said } from "../../words/said.ts";
import { viewAccepted } from "../jobs/job-view.ts";
import type { DifyImport, SCORE_ROUTES } from "./routes.ts";

const RETRY_AFTER_SECONDS = 5;
const MOST_MESSAGES = 5000;

export const IMPORT_HANDLERS = {
  /**
   * Reads the messages of a Dify app since a date into a batch job. The app key is used for
   * these requests and neither stored nor logged; requests go to the named origin and nowhere else.
   */
  async import_dify(http, { body: input }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    const place = await findDify(context, input.base_url);
    const jobId = `job_${context.newId()}`;
    const key = uploadKey(caller.project, jobId);
    const { sha256, count, warnings } = await storeMessages(context, key, place, input);
    const { callback_url: _callback, ...fields } = BatchFields.parse({
      name: input.name ?? `Dify ${new URL(place.origin).host}`,
      metrics: input.metrics,
    });
    const { name, tags, ...options } = fields;
    const discard = () => context.bucket.delete(key).catch(() => undefined);
    const { job, isNew } = await acceptBatch(context, {
      project: caller.project,
      submittedBy: caller.id,
      jobId,
      uploadKey: key,
      format: "jsonl",
      fingerprint: await fingerprint([sha256, fields, warnings]),
      idempotencyKey: null,
      source: "dify-import",
      options: { ...options, charset: "utf-8", store_text: true },
      name,
      tags,
      callbackUrl: null,
      warnings,
      traceparent: null,
      origin: originOf(http),
    }).catch(async (error) => {
      await discard();
      throw error;
    });
    if (!isNew) await discard();
    http.header("Location", `/api/score/jobs/${job.id}`);
    http.header("Retry-After", String(RETRY_AFTER_SECONDS));
    return { ...viewAccepted(job, clientOf(http)), messages: count };
  },
} satisfies Partial<Handlers<typeof SCORE_ROUTES>>;

/** The service API of a Dify this server may ask. */
async function findDify({ settings, outside }: JobContext, url: string): Promise<Destination> {
  const place = openDestination(url, {
    isLocalhostAllowed: settings.accessMode === "open",
    namedOrigins: settings.difyOrigins,
  });
  if ("code" in place) throw refuse(url, said("base_url", { problem: place }));
  const problem = await findLookupProblem(place, outside.resolve);
  if (problem !== null) throw refuse(url, problem);
  return place;
}

/** Most teams run their own Dify, so the refusal says what the operator can do about it. */
function refuse(url: string, problem: Said): AppError {
  const origin = URL.canParse(url) ? new URL(url).origin : "null";
  const setting = `DIFY_ORIGINS=${origin === "null" ? "http://dify.example.lan" : origin}`;
  const detail = said("invalid_request.dify_address", { problem, setting });
  return new AppError(detail, { errors: [{ pointer: "#/base_url", detail }] });
}

/** One message a line. What was read before Dify stopped is kept, and the job says that there is more. */
async function storeMessages(
  { bucket, outside, now }: JobContext,
  key: string,
  place: Destination,
  input: DifyImport,
): Promise<{ sha256: string; count: number; warnings: SaidWarning[] }> {
  const writer = new ObjectWriter(bucket, key, "application/x-ndjson");
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  const { readPage } = createDifyClient(place, input.app_key, { ...outside, now, pause });
  const pull = { users: input.users, sinceSeconds: Math.floor(Date.parse(input.since) / 1000) };
  const notes: PullNotes = {
    failed: 0,
    unknownRetrieval: 0,
    usersRead: 0,
    hasMoreAnnotations: false,
  };
  let count = 0;
  let stopped: Said | null = null;
  try {
    for await (const message of pullDifyMessages(readPage, pull, notes)) {
      if (count === MOST_MESSAGES) {
        stopped = said("import_limit_messages", { limit: MOST_MESSAGES });
        break;
      }
      const line = new TextEncoder().encode(`${JSON.stringify(message)}\n`);
      if (writer.size + line.byteLength > LIMITS.batchBytes) {
        stopped = said("import_limit_bytes", { megabytes: LIMITS.batchBytes / (1024 * 1024) });
        break;
      }
      await writer.write(line);
      count += 1;
    }
    if (count === 0) throw nothingFound(input.since, notes);
  } catch (error) {
    if (!(error instanceof AppError) || count === 0) {
      await writer.abort();
      throw error;
    }
    stopped = error.said;
  }
  const { sha256 } = await writer.finish();
  return {
    sha256,
    count,
    warnings: warnOfImport({ ...notes, count, users: input.users, stopped }),
  };
}

function nothingFound(since: string, { failed }: PullNotes): AppError {
  const broken = failed > 0 ? said("messages_failed", { count: failed }) : "";
  return new AppError(said("invalid_request.no_messages", { since, broken }));
}

interface Import extends PullNotes {
  /** Messages kept. */
  count: number;
  users: readonly string[];
  /** Why reading ended before its end; null: it did not. */
  stopped: Said | null;
}

/** What an import left out or could not know, for the job it became. */
function warnOfImport(done: Import): SaidWarning[] {
  const { count, users, stopped } = done;
  const warnings: SaidWarning[] = [];
  if (stopped !== null) {
    const { usersRead } = done;
    warnings.push(said("import_incomplete", { stopped, count, usersRead, users: users.length }));
  }
  if (done.failed > 0) {
    warnings.push(said("import_failed_messages", { count: done.failed }));
  }
  if (done.unknownRetrieval > 0) {
    warnings.push(said("import_retrieval_unknown", { unknown: done.unknownRetrieval, count }));
  }
  if (done.hasMoreAnnotations) {
    warnings.push(said("import_annotations_limited"));
  }
  return warnings;
}
