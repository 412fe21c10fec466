import { registerHooks } from "node:module";
import "./workerd-crypto.ts";
import type { BenchEnv, Platform } from "./platform.ts";

/** The Worker as the platform sees it. */
interface Worker {
  fetch: (request: Request, env: BenchEnv, execution: Execution) => Promise<Response>;
  queue: (batch: Batch, env: BenchEnv, execution: Execution) => Promise<void>;
  scheduled: (controller: object, env: BenchEnv, execution: Execution) => Promise<void>;
}

interface Execution {
  waitUntil: (work: Promise<unknown>) => void;
  passThroughOnException: () => void;
}

interface Batch {
  queue: string;
  messages: { id: string; body: unknown; attempts: number; ack: () => void; retry: () => void }[];
}

// Of the runtime's own module the Worker takes one function, for what may come after the answer, and the base of an object
// that nobody asks; none of it is counted.
const RUNTIME =
  "data:text/javascript,export const waitUntil = () => undefined; export class DurableObject {}";
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "cloudflare:workers"
      ? { url: RUNTIME, format: "module", shortCircuit: true }
      : next(specifier, context),
});

// By its address: the types of workerd, with which it is checked, and those of Node do not go together.
const { default: worker } = (await import(new URL("../src/worker.ts", import.meta.url).href)) as {
  default: Worker;
};

/** One request to the Worker in this process, with what it leaves to do after the answer. */
export async function callWorker(
  platform: Platform,
  path: string,
  init: { method?: string; key?: string; json?: unknown } = {},
): Promise<Response> {
  const pending: Promise<unknown>[] = [];
  const headers = new Headers({ "Content-Type": "application/json" });
  if (init.key !== undefined) headers.set("Authorization", `Bearer ${init.key}`);
  const request = new Request(`http://localhost${path}`, {
    method: init.method ?? (init.json === undefined ? "GET" : "POST"),
    headers,
    ...(init.json === undefined ? {} : { body: JSON.stringify(init.json) }),
  });
  const answer = await worker.fetch(request, platform.env, createExecution(pending));
  await Promise.all(pending);
  return answer;
}

/** Hands messages to the consumer as one batch; a message it wants back is an error here. */
export async function consumeMessages(
  platform: Platform,
  bodies: readonly unknown[],
): Promise<void> {
  const pending: Promise<unknown>[] = [];
  const messages = bodies.map((body, at) => ({
    id: `m${at}`,
    timestamp: new Date(),
    body,
    attempts: 1,
    ack: () => undefined,
    retry: () => {
      throw new Error("the consumer wants to try a message again; see the log above");
    },
  }));
  const batch = { queue: "touchstone-jobs", messages };
  await worker.queue(batch, platform.env, createExecution(pending));
  await Promise.all(pending);
}

/** What the cron does. */
export async function runCron(platform: Platform): Promise<void> {
  await worker.scheduled({}, platform.env, createExecution([]));
}

function createExecution(pending: Promise<unknown>[]): Execution {
  return {
    waitUntil: (work) => {
      pending.push(work);
    },
    passThroughOnException: () => undefined,
  };
}
