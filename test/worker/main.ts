import worker from "../../src/worker.ts";

export { LiveProgress } from "../../src/worker.ts";

import { countWhile } from "./running.ts";

/**
 * The Worker as the tests run it: one workerd runs many files, and the queue outlives the tables of each, so that a
 * delayed message of one file, or one that its last consumer sends, would work on the tables of the next. Messages carry
 * the file they come from (this module is read anew in each), and those of another file are dropped.
 */
const FILE = crypto.randomUUID();

function isOfThisFile({ body }: Message<unknown>): boolean {
  const isMarked = typeof body === "object" && body !== null && "file" in body;
  return !isMarked || body.file === FILE;
}

function withOwnQueue(env: Cloudflare.Env): Cloudflare.Env {
  const { JOBS } = env;
  const sendBatch: typeof JOBS.sendBatch = (messages, options) =>
    JOBS.sendBatch(
      [...messages].map((message) => ({ ...message, body: { ...message.body, file: FILE } })),
      options,
    );
  return { ...env, JOBS: { send: JOBS.send.bind(JOBS), sendBatch, metrics: () => JOBS.metrics() } };
}

export default {
  ...worker,
  fetch: (request, env, execution) => worker.fetch(request, withOwnQueue(env), execution),
  queue: (batch, env) => {
    const { queue, metadata } = batch;
    const messages = batch.messages.filter(isOfThisFile);
    const own = {
      queue,
      metadata,
      messages,
      ackAll: () => batch.ackAll(),
      retryAll: (options?: QueueRetryOptions) => batch.retryAll(options),
    };
    return countWhile(() => worker.queue(own, withOwnQueue(env)));
  },
  scheduled: (controller, env) => worker.scheduled(controller, withOwnQueue(env)),
} satisfies ExportedHandler<Cloudflare.Env>;
