import worker from "../../src/worker.ts";

export { LiveProgress } from "../../src/worker.ts";

import { isOfThisFile, withOwnQueue } from "./own-queue.ts";
import { countWhile } from "./running.ts";

/** The Worker as the tests run it. */
export default {
  ...worker,
  fetch: (request, env, execution) => {
    // What goes on after an answer counts as work too.
    const waitUntil = (work: Promise<unknown>) => execution.waitUntil(countWhile(() => work));
    const counted = new Proxy(execution, {
      get: (context, name) => {
        if (name === "waitUntil") return waitUntil;
        const value: unknown = Reflect.get(context, name);
        return typeof value === "function" ? value.bind(context) : value;
      },
    });
    return worker.fetch(request, withOwnQueue(env), counted);
  },
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
