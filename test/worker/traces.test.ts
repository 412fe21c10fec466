import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { TraceSettings } from "../../src/contract/trace.ts";
import { forgetOldTraces } from "../../src/jobs/traces/forget-traces.ts";
import { listTrendDays } from "../../src/storage/trends.ts";
import type { SentBatch } from "../fakes/otlp-spans.ts";
import {
  type Conversation,
  makeConversations,
  type Requests,
  SENDERS,
  seeded,
} from "../fakes/trace-senders.ts";
import {
  artifactsOf,
  count,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  type World,
} from "./job-world.ts";
import {
  acceptedRuns,
  assembleAll,
  countsToday,
  deliver,
  emptyTraces,
  RECEIVER,
} from "./trace-world.ts";

const random = seeded(8);
const send = (name: string, talk: Conversation): Requests => SENDERS[name]?.(talk, random) ?? [];
const [TALK] = makeConversations(3).slice(1);
if (TALK === undefined) throw new Error("no conversation");

/** Every run is scored, however many there are. */
const ALL = {
  ...RECEIVER,
  settings: { redact: [], traces: TraceSettings.parse({ budget: null }) },
};
async function setProject(traces: object, more = ""): Promise<void> {
  await env.DB.prepare(`UPDATE projects SET traces = ?1 ${more} WHERE id = 'default'`)
    .bind(JSON.stringify(TraceSettings.parse(traces)))
    .run();
}

let world: World;
beforeEach(async () => {
  await emptyTables();
  await emptyTraces();
  await setProject({ budget: null });
  world = createWorld();
});

describe("runs of every sender", () => {
  it("come in whole and once: in any order, doubled, sent again with new ids, with one request in five answered 503", async () => {
    const senders = Object.entries(SENDERS);
    const talks = makeConversations(200, 5);
    const requests: SentBatch[][] = [];
    for (const [at, talk] of talks.entries()) {
      const [name = "", make] = senders[at % senders.length] ?? [];
      if (make === undefined) continue;
      const first = make(talk, random);
      // Told 503, Dify begins again from the first span, under new ids; others send the request again. What was told 503
      // may have been kept or not.
      for (let round = 0; ; round++) {
        const sent = round === 0 || !name.startsWith("dify") ? first : make(talk, random);
        let failedAt = sent.findIndex(() => random() < 0.2);
        if (round === 3) failedAt = -1;
        const upTo = failedAt < 0 ? sent.length : failedAt + (random() < 0.5 ? 1 : 0);
        requests.push(...sent.slice(0, upTo));
        if (failedAt < 0) break;
      }
      if (random() < 0.3) requests.push(...first);
    }
    const shuffled = requests
      .map((batches) => ({ batches, key: random() }))
      .sort((a, b) => a.key - b.key);
    for (const { batches } of shuffled) {
      world.clock.now += 5;
      expect(await deliver(world, batches, ALL)).toBe(true);
    }
    await assembleAll(world);
    const runs = await acceptedRuns();
    const byQuestion = new Map(runs.map((run) => [run.question, run]));
    expect(runs).toHaveLength(200);
    for (const talk of talks) {
      expect(byQuestion.get(talk.question)).toMatchObject({
        answer: talk.answer,
        contexts: talk.passages,
        trace: { session: talk.session, app: talk.app, tokens: 321, share: 1 },
      });
    }
    expect(await count("SELECT count(*) AS n FROM trace_parts")).toBe(0);
    expect(await count("SELECT count(*) AS n FROM traces WHERE due_at IS NOT NULL")).toBe(0);
  });

  it("are scored, and the job says what its trace said", async () => {
    for (const batches of send("dify chatflow", TALK)) await deliver(world, batches);
    await drain(world);
    const [run] = await acceptedRuns();
    const job = await jobOf(run?.id ?? "");
    expect(job).toMatchObject({
      status: "completed",
      tags: { source: "dify", app: TALK.app },
      trace: { source: "dify", model: "gpt-6-mini", latency_ms: 3200, run: TALK.id },
    });
  });
});

/** The database, and how many rows were written through it: by single statements and by transactions. */
function countWritten(): { db: D1Database; written: () => number } {
  let written = 0;
  const add = <T extends D1Result>(answer: T): T => {
    written += answer.meta.rows_written;
    return answer;
  };
  const watch = (statement: D1PreparedStatement): D1PreparedStatement => {
    const { bind, run, all } = statement;
    return Object.assign(statement, {
      bind: (...values: unknown[]) => watch(bind.apply(statement, values)),
      run: async () => add(await run.call(statement)),
      all: async () => add(await all.call(statement)),
    });
  };
  const db = new Proxy(env.DB, {
    get(target, name) {
      if (name === "prepare") return (text: string) => watch(target.prepare(text));
      if (name === "batch") {
        return async (statements: D1PreparedStatement[]) =>
          (await target.batch(statements)).map(add);
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { db, written: () => written };
}

describe("a run", () => {
  it("costs at most 30 rows, with everything that is deleted afterwards", async () => {
    const requests = send("dify chatflow", TALK);
    expect(requests).toHaveLength(10);
    const { db, written } = countWritten();
    await setProject({ budget: null, apps: ["another"] });
    const counted = createWorld({ db });
    for (const batches of requests) await deliver(counted, batches);
    await assembleAll(counted);
    counted.clock.now += 3 * 24 * 60 * 60 * 1000;
    await forgetOldTraces(counted.context);
    expect(await count("SELECT count(*) AS n FROM traces")).toBe(0);
    expect(written()).toBeGreaterThan(10);
    expect(written()).toBeLessThanOrEqual(30);
  });

  it("that is scored costs at most 43, with those of its job", async () => {
    const { db, written } = countWritten();
    const counted = createWorld({ db });
    for (const batches of send("dify chatflow", TALK)) await deliver(counted, batches);
    await drain(counted);
    counted.clock.now += 3 * 24 * 60 * 60 * 1000;
    await forgetOldTraces(counted.context);
    const [run] = await acceptedRuns();
    expect(await jobOf(run?.id ?? "")).toMatchObject({ status: "completed" });
    expect(written()).toBeLessThanOrEqual(43);
  });

  it("whose retriever speaks only after it was scored is scored once more, in the place of the first", async () => {
    await setProject({ budget: null }, ", samples_per_day = 1");
    const requests = send("dify chat", TALK);
    const isRetrieval = ([batch]: SentBatch[]) => batch?.spans[0]?.name === "dataset_retrieval";
    for (const batches of requests) if (!isRetrieval(batches)) await deliver(world, batches);
    await drain(world);
    const [before] = await acceptedRuns();
    expect(await jobOf(before?.id ?? "")).toMatchObject({ status: "completed", contextsParsed: 0 });
    for (const batches of requests) if (isRetrieval(batches)) await deliver(world, batches);
    await drain(world);
    const runs = await acceptedRuns();
    expect(runs).toHaveLength(1);
    const again = await jobOf(runs[0]?.id ?? "");
    expect(again.id).not.toBe(before?.id);
    expect(again).toMatchObject({ status: "completed", contextsParsed: TALK.passages.length });
    const evidence = (await artifactsOf(again.runId ?? ""))["evidence.jsonl"] ?? "{}";
    expect(JSON.parse(evidence)).toMatchObject({
      question: TALK.question,
      answer: { text: TALK.answer },
      passages: TALK.passages.map((text) => ({ text })),
    });
    expect(await count("SELECT count(*) AS n FROM runs")).toBe(1);
    expect(await count("SELECT used AS n FROM quota_use WHERE unit = 'samples'")).toBe(1);
    for (const batches of requests) await deliver(world, batches);
    await drain(world);
    expect(await acceptedRuns()).toEqual(runs);
    await env.DB.prepare("UPDATE projects SET samples_per_day = NULL").run();
  });

  it("leaves no text behind, taken or not", async () => {
    await setProject({ budget: 0 });
    for (const batches of send("openinference", TALK)) await deliver(world, batches);
    await assembleAll(world);
    expect(await countsToday()).toMatchObject({ unsampled: 1, eligible: 1 });
    const rows = await env.DB.prepare("SELECT * FROM traces").all();
    expect(JSON.stringify(rows.results)).not.toContain(TALK.answer.slice(0, 20));
    expect(await count("SELECT count(*) AS n FROM trace_parts")).toBe(0);
  });

  it("whose texts are too long for a row is kept in R2 until it is put together", async () => {
    const long = { ...TALK, passages: ["很长。".repeat(300_000)] };
    for (const batches of send("gen_ai text", long)) await deliver(world, batches, ALL);
    expect((await env.ARTIFACTS.list({ prefix: "default/traces/" })).objects).toHaveLength(1);
    await assembleAll(world);
    expect((await acceptedRuns())[0]?.contexts).toEqual(long.passages);
    expect((await env.ARTIFACTS.list({ prefix: "default/traces/" })).objects).toHaveLength(0);
  });

  it.each([
    ["failed", { hasFailed: true }, {}],
    ["other_app", {}, { apps: ["another"] }],
    ["no_contexts", { passages: [] }, { only_with_contexts: true }],
  ])("that is not to be scored is counted as %s", async (outcome, change, settings) => {
    await setProject({ budget: null, ...settings });
    const talk = { ...TALK, ...("passages" in change ? { passages: [] } : {}) };
    const [[batch] = []] = send("dify rewrite", talk);
    if (batch === undefined) throw new Error("nothing to send");
    const spans = batch.spans.map((span, at) => (at === 0 ? { ...span, ...change } : span));
    await deliver(world, [{ ...batch, spans }], ALL);
    await assembleAll(world);
    expect(await countsToday()).toMatchObject({ [outcome]: 1 });
    expect(await acceptedRuns()).toEqual([]);
  });

  it("beyond the quota of the day is counted, and not scored", async () => {
    await setProject({ budget: null }, ", samples_per_day = 1");
    for (const talk of makeConversations(3)) {
      for (const batches of send("langfuse", talk)) await deliver(world, batches, ALL);
    }
    await assembleAll(world);
    expect(await countsToday()).toMatchObject({ scored: 1, over_quota: 2, eligible: 3 });
    await env.DB.prepare("UPDATE projects SET samples_per_day = NULL").run();
  });

  it("with personal data has none of it in any row, at any time", async () => {
    const talk = {
      ...TALK,
      question: "给 wang@example.com 还是 13812345678 打？",
      answer: "写给 wang@example.com。",
    };
    const receiver = { ...ALL, settings: { ...ALL.settings, redact: ["email", "phone"] as const } };
    await setProject({ budget: null }, `, redact = '["email","phone"]'`);
    for (const batches of send("dify chatflow", talk)) await deliver(world, batches, receiver);
    const parts = await env.DB.prepare("SELECT * FROM trace_parts").all();
    expect(JSON.stringify(parts.results)).not.toMatch(/wang@|13812345678/);
    await assembleAll(world);
    expect((await acceptedRuns())[0]).toMatchObject({
      question: "给 [EMAIL 1] 还是 [PHONE 1] 打？",
      answer: "写给 [EMAIL 1]。",
    });
    await env.DB.prepare("UPDATE projects SET redact = '[]'").run();
  });
});

describe("trends", () => {
  const trend = async () =>
    (
      await listTrendDays(env.DB, "default", {
        metric: "faithfulness",
        tag: "",
        fromDay: "2020-01-01",
      })
    )[0];

  it("count a run for all that were not taken, and one that took another's place once", async () => {
    await env.DB.prepare("DELETE FROM trends").run();
    const requests = send("dify chat", TALK);
    const isRetrieval = ([batch]: SentBatch[]) => batch?.spans[0]?.name === "dataset_retrieval";
    const [early, late] = [
      requests.filter((one) => !isRetrieval(one)),
      requests.filter(isRetrieval),
    ];
    for (const batches of early) await deliver(world, batches);
    await drain(world);
    for (const batches of late) await deliver(world, batches);
    await drain(world);
    const whole = await trend();
    expect(whole).toMatchObject({ n: 1 });
    // A quarter of the runs is taken, each for four.
    await setProject({ rate: 0.25, budget: null });
    for (const talk of makeConversations(40, 77)) {
      for (const batches of send("dify rewrite", talk)) await deliver(world, batches, ALL);
    }
    await drain(world, 1000);
    const taken = (await countsToday()).scored ?? 0;
    const sampled = await trend();
    expect(sampled?.n).toBeGreaterThan(1);
    expect(sampled?.n).toBeLessThan(taken + 1);
    const n = sampled?.n ?? 0;
    expect(sampled?.weighted).toMatchObject({ w: 1 + 4 * (n - 1), ww: 1 + 16 * (n - 1) });
  });
});

describe("what is bounded", () => {
  it("bytes of a day are", async () => {
    const receiver = {
      ...ALL,
      settings: { redact: [], traces: TraceSettings.parse({ bytes_per_day: 100 }) },
    };
    const [first, second] = makeConversations(2);
    if (!first || !second) throw new Error("no conversations");
    for (const batches of send("traceloop", first)) await deliver(world, batches, receiver);
    for (const batches of send("traceloop", second)) await deliver(world, batches, receiver);
    expect(await count("SELECT count(*) AS n FROM traces")).toBe(1);
    expect(await countsToday()).toMatchObject({ over_bytes: 1 });
  });

  it("spans of a trace are", async () => {
    const [[batch] = []] = send("openinference", TALK);
    if (batch === undefined) throw new Error("nothing to send");
    const [model] = batch.spans.filter(({ name }) => name === "ChatOpenAI");
    if (model === undefined) throw new Error("no model");
    for (let part = 0; part < 12; part++) {
      const spans = Array.from({ length: 50 }, (_, at) => ({
        ...model,
        spanId: `${part}`.padStart(8, "a") + `${at}`.padStart(8, "b"),
      }));
      await deliver(world, [{ ...batch, spans }], ALL);
    }
    expect(await count("SELECT sum(spans) AS n FROM trace_parts")).toBe(500);
    expect(await countsToday()).toMatchObject({ too_long: 2 });
  });
});
