import { describe, expect, it } from "vitest";
import { assembleRun } from "../../src/traces/assemble.ts";
import { SpanKeeper } from "../../src/traces/keep-spans.ts";
import type { Observation } from "../../src/traces/observation.ts";
import { readJson } from "../../src/traces/otlp/read-json.ts";
import { readProtobuf } from "../../src/traces/otlp/read-protobuf.ts";
import type { Span } from "../../src/traces/span.ts";
import { encodeJson, encodeProtobuf, type SentBatch } from "../fakes/otlp-spans.ts";
import { makeConversations, type Requests, SENDERS, seeded } from "../fakes/trace-senders.ts";

const talks = makeConversations(200);

async function decode(batches: SentBatch[], isJson: boolean): Promise<Span[]> {
  const spans: Span[] = [];
  if (isJson) readJson(new TextEncoder().encode(encodeJson(batches)), (span) => spans.push(span));
  else await readProtobuf(encodeProtobuf(batches), (span) => spans.push(span));
  return spans;
}

/** What is kept of all requests, as it lies there when the run is put together. */
async function receive(requests: Requests, isJson: boolean): Promise<Observation[]> {
  const kept: Observation[] = [];
  for (const batches of requests) {
    const keeper = new SpanKeeper(null);
    for (const span of await decode(batches, isJson)) keeper.take(span);
    const { traces } = keeper.finish();
    for (const observations of traces.values()) kept.push(...observations);
  }
  return kept;
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const keyed = items.map((item) => ({ item, key: random() })).sort((a, b) => a.key - b.key);
  return keyed.map(({ item }) => item);
}

describe.each(Object.entries(SENDERS))("%s", (_name, send) => {
  it.each([
    ["protobuf", false],
    ["JSON", true],
  ] as const)(
    "gives every question, answer and passage of 200 conversations unchanged, over %s",
    async (_, isJson) => {
      const random = seeded(11);
      for (const talk of talks) {
        const kept = await receive(send(talk, random), isJson);
        const run = assembleRun("trace", kept);
        expect(run?.reason ?? null).toBeNull();
        expect(run?.sample).toEqual({
          question: talk.question,
          answer: talk.answer,
          contexts: talk.passages,
        });
        expect([run?.session, run?.user, run?.app, run?.tokens]).toEqual([
          talk.session,
          talk.user,
          talk.app,
          321,
        ]);
        expect(run?.warnings).toEqual([]);
      }
    },
  );

  it("tells the same of spans in any order, doubled, or sent a second time with other ids", async () => {
    const random = seeded(12);
    for (const talk of talks.slice(0, 40)) {
      const once = await receive(send(talk, seeded(1)), false);
      const again = await receive(send(talk, seeded(2)), false);
      const run = assembleRun("trace", once);
      const mixed = shuffled([...once, ...once], random);
      expect(assembleRun("trace", mixed)).toEqual(run);
      const replayed = assembleRun("trace", again);
      expect({ ...replayed, rootSpanId: "" }).toEqual({ ...run, rootSpanId: "" });
    }
  });
});
