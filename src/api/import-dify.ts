import type * as z from "zod";
import { AppError } from "../errors.ts";
import { MOST_PULLED_MESSAGES, pullDifyMessages } from "../intake/dify-pull.ts";
import { acceptBatch } from "../jobs/batch/accept-batch.ts";
import { BatchFields } from "../jobs/batch/batch-fields.ts";
import { findCallbackProblem } from "../jobs/webhook/callback.ts";
import { uploadKey } from "../storage/artifacts.ts";
import { ObjectWriter } from "../storage/stream-object.ts";
import { DifyImport } from "./dify-import-request.ts";
import { type Http, originOf } from "./http-context.ts";
import { viewAccepted } from "./job-view.ts";
import { readJsonBody } from "./json-body.ts";

const RETRY_AFTER_SECONDS = 5;

/**
 * `POST /api/import/dify`: reads the messages of a Dify app since a date into a batch job. The app key is used for
 * these requests and neither stored nor logged; requests go to the named origin and nowhere else.
 */
export async function importDify(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const input = await readJsonBody(http, DifyImport);
  const problem = findCallbackProblem(input.base_url, context.settings.accessMode === "open");
  if (problem !== null) {
    throw new AppError("invalid_request", `\`base_url\` ${problem}`, {
      errors: [{ pointer: "#/base_url", detail: problem }],
    });
  }
  const jobId = `job_${context.newId()}`;
  const key = uploadKey(caller.project, jobId);
  const { sha256, count } = await storeMessages(context.bucket, key, input);
  const { callback_url: _callback, ...fields } = BatchFields.parse({
    name: input.name ?? `Dify ${new URL(input.base_url).host}`,
    metrics: input.metrics,
  });
  const { name, tags, ...options } = fields;
  const { job } = await acceptBatch(context, {
    project: caller.project,
    submittedBy: caller.id,
    jobId,
    uploadKey: key,
    format: "jsonl",
    fingerprint: sha256,
    idempotencyKey: null,
    options: { ...options, charset: "utf-8", store_text: true },
    name,
    tags,
    callbackUrl: null,
    traceparent: null,
    origin: originOf(http),
  }).catch(async (error) => {
    await context.bucket.delete(key).catch(() => undefined);
    throw error;
  });
  http.header("Location", `/api/score/jobs/${job.id}`);
  http.header("Retry-After", String(RETRY_AFTER_SECONDS));
  return http.json({ ...viewAccepted(job, originOf(http)), messages: count }, 202);
}

/** One message a line; what was read before Dify failed is not kept. */
async function storeMessages(bucket: R2Bucket, key: string, input: z.infer<typeof DifyImport>) {
  const writer = new ObjectWriter(bucket, key, "application/x-ndjson");
  let count = 0;
  try {
    const pull = {
      baseUrl: new URL(input.base_url),
      appKey: input.app_key,
      users: input.users,
      sinceSeconds: Math.floor(Date.parse(input.since) / 1000),
    };
    for await (const message of pullDifyMessages(pull, fetch)) {
      await writer.writeText(`${JSON.stringify(message)}\n`);
      count += 1;
    }
    if (count === 0) {
      throw new AppError(
        "invalid_request",
        `There are no messages of these users since ${input.since}. Users are the ids the app sends as \`user\`; at most ${MOST_PULLED_MESSAGES} messages are read.`,
      );
    }
    const { sha256 } = await writer.finish();
    return { sha256, count };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
