import { env } from "cloudflare:workers";
import { type Receiver, receiveSpans } from "../../src/jobs/traces/receive-spans.ts";
import { SpanKeeper } from "../../src/traces/keep-spans.ts";
import { readProtobuf } from "../../src/traces/otlp/read-protobuf.ts";
import { encodeProtobuf, type SentBatch } from "../fakes/otlp-spans.ts";
import { consume, type World } from "./job-world.ts";

export const RECEIVER: Receiver = {
  project: "default",
  submittedBy: "test",
  settings: { redact: [], traces: null },
};

/** What the route does with the bytes of one request, at the time of the test's clock. */
export async function deliver(
  world: World,
  batches: readonly SentBatch[],
  receiver: Receiver = RECEIVER,
): Promise<boolean> {
  const keeper = new SpanKeeper(receiver.settings.traces?.rule ?? null);
  const taken = await readProtobuf(encodeProtobuf(batches), (span) => keeper.take(span));
  return receiveSpans(world.context, receiver, keeper.finish(), taken.invalid);
}

/** Lets time pass and traces be put together, until none is open; jobs stay as they are. */
export async function assembleAll(world: World): Promise<void> {
  for (let rounds = 0; rounds < 1000; rounds++) {
    world.queue.sort((a, b) => a.at - b.at);
    const at = world.queue.findIndex(({ message }) => message.kind === "trace");
    const [next] = at < 0 ? [] : world.queue.splice(at, 1);
    if (next === undefined) return;
    world.clock.now = Math.max(world.clock.now, next.at);
    await consume(world, next.message);
  }
  throw new Error("traces are never complete");
}

export interface Accepted {
  id: string;
  question: string;
  answer: string;
  contexts: string[] | null;
  trace: Record<string, unknown>;
}

/** The jobs that came by traces, with what they were accepted with. */
export async function acceptedRuns(): Promise<Accepted[]> {
  const { results } = await env.DB.prepare(
    `SELECT j.id, j.trace, s.input, s.input_key FROM jobs AS j JOIN samples AS s ON s.job_id = j.id
     WHERE j.trace IS NOT NULL ORDER BY j.id`,
  ).all<{ id: string; trace: string; input: string | null; input_key: string | null }>();
  return Promise.all(
    results.map(async ({ id, trace, input, input_key }) => {
      const text = input ?? (await (await env.ARTIFACTS.get(input_key ?? ""))?.text()) ?? "{}";
      const { question, answer, contexts } = JSON.parse(text);
      return { id, question, answer, contexts, trace: JSON.parse(trace) };
    }),
  );
}

export async function emptyTraces(): Promise<void> {
  const tables = ["traces", "trace_parts", "trace_days"];
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
}

export async function countsToday(): Promise<Record<string, number>> {
  const rows = await env.DB.prepare("SELECT counts FROM trace_days").all<{ counts: string }>();
  return JSON.parse(rows.results[0]?.counts ?? "{}");
}
