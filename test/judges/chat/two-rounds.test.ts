import { afterEach, describe, expect, test, vi } from "vitest";
import { referenceSample } from "../../../bench/judged/reference-sample.ts";
import {
  createMemoryStore,
  type JudgementStore,
} from "../../../src/judges/cache/judgement-store.ts";
import { cutSample } from "../../../src/scoring/cut-text.ts";
import { needsOf } from "../../../src/scoring/needs.ts";
import { openFakeOpenAi } from "../../fakes/open-fake-openai.ts";
import { CORE_METRICS } from "../../scoring/core-metrics.ts";
import { ALL_NEEDS } from "../all-needs.ts";
import {
  BRIDGE,
  evidenceOf,
  fill,
  judgeAt,
  judgedIn,
  LIGHTHOUSE,
  otherVerdicts,
  verdicts,
} from "./scene.ts";

const fake = await openFakeOpenAi();

const tasks = () => fake.calls.map(({ task, kind }) => task || kind).sort();

/** Sentences, claims, controls and passages of that sample: each is a required key of a reply's schema. */
const KEYED_IDS = 8 + 6 + (14 + 2) + 5 + (14 + 4);

describe("one sample, all cells", () => {
  test.each([
    ["English", LIGHTHOUSE],
    ["Chinese", BRIDGE],
  ])("costs four chat calls and one embedding call in two rounds (%s)", async (_, sample) => {
    fake.setRounds(2, 3);
    const table = await fill(judgeAt(fake), sample);
    expect(tasks()).toEqual([
      "check_passages",
      "cross_check",
      "embeddings",
      "split_answer",
      "split_reference",
    ]);
    expect(fake.rounds()).toBe(2);
    expect(table.usage.judge_calls).toBe(5);
    expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
    expect(verdicts(table, "reference")).toEqual(["supported", "unsupported"]);
    expect(otherVerdicts(table)).toEqual(["supported", "unsupported", "unsupported"]);
    expect(otherVerdicts(table, "reference")).toEqual(["supported", "unsupported"]);
    expect(evidenceOf(table)).toEqual([["1.1"], ["2.1"], []]);
    expect(table.notes).toEqual([]);
  });

  test("uses the prompts of the text's language", async () => {
    await fill(judgeAt(fake), BRIDGE);
    for (const call of fake.calls.filter(({ kind }) => kind === "chat")) {
      const [system] = call.body.messages as { content: string }[];
      expect(system?.content).toMatch(/陈述/);
    }
  });

  test("sends at most 8,000 fixed characters in all", async () => {
    await fill(judgeAt(fake), LIGHTHOUSE);
    const fixed = fake.calls.reduce((sum, call) => sum + call.fixedCharacters, 0);
    expect(fixed).toBeGreaterThan(3_000);
    expect(fixed).toBeLessThanOrEqual(8_000);
  });

  test("eight and six claims, five passages of 200 tokens: four calls, two rounds, 8,000 characters and a name for each id", async () => {
    const sample = referenceSample(5);
    const judge = judgeAt(fake);
    fake.setRounds(2, 3);
    const table = await judge.fill(cutSample(sample), needsOf(CORE_METRICS, sample));
    expect(verdicts(table)).toHaveLength(8);
    expect(verdicts(table, "reference")).toHaveLength(6);
    expect(fake.calls.filter(({ kind }) => kind === "chat")).toHaveLength(4);
    expect(fake.calls.filter(({ kind }) => kind === "embeddings")).toHaveLength(1);
    expect(fake.rounds()).toBe(2);
    const fixed = fake.calls.reduce((sum, call) => sum + call.fixedCharacters, 0);
    expect(fixed).toBeLessThanOrEqual(8_000 + 12 * KEYED_IDS);
  });

  test("an answer that declines needs no reverse questions", async () => {
    fake.setFault({
      kind: "rewrite",
      task: "split_answer",
      rewrite: (reply) => ({ ...(reply as object), abstains: true, questions: [] }),
    });
    const table = await fill(judgeAt(fake), { ...LIGHTHOUSE, answer: "I don't know." });
    expect(table.abstained).toEqual({ ok: true, value: true });
    expect(table.questionSimilarities).toBeNull();
    expect(fake.calls.filter(({ task }) => task === "split_answer")).toHaveLength(1);
  });

  test("a blank answer has no claims and costs no call of its own", async () => {
    const table = await fill(judgeAt(fake), { ...LIGHTHOUSE, answer: " \n " });
    expect(table.answerClaims).toEqual({ ok: true, value: [] });
    expect(tasks()).not.toContain("split_answer");
    expect(table.notes).toEqual([]);
  });

  test("pays only for what is needed", async () => {
    await fill(judgeAt(fake, { embeddingModel: null }), LIGHTHOUSE, {
      referenceClaims: false,
      referenceAgainstPassages: false,
      answerAgainstReference: false,
      referenceAgainstAnswer: false,
      passageRelevance: false,
      similarity: false,
    });
    expect(tasks()).toEqual(["check_passages", "split_answer"]);
  });

  test("checks nothing against an empty retrieval", async () => {
    const table = await fill(judgeAt(fake), { ...LIGHTHOUSE, passages: [] });
    expect(tasks()).not.toContain("check_passages");
    expect(verdicts(table)).toEqual(["not checked", "not checked", "not checked"]);
  });

  test("without an embedding model the similarity is lexical and says so", async () => {
    const table = await fill(judgeAt(fake, { embeddingModel: null }), LIGHTHOUSE);
    expect(tasks()).not.toContain("embeddings");
    expect(table.similarityMethod).toBe("offline");
    expect(table.questionSimilarities).toBeNull();
  });

  test("carries abstention, on-topic flags, relevance and entities", async () => {
    fake.setBrain({ onTopic: (claim) => !claim.includes("novels"), abstains: () => true });
    const table = await fill(judgeAt(fake), LIGHTHOUSE, { referenceEntities: true });
    expect(table.abstained).toEqual({ ok: true, value: true });
    expect(
      table.answerClaims?.ok && table.answerClaims.value.map((claim) => claim.onTopic),
    ).toEqual([true, true, false]);
    expect(table.relevance).toEqual({
      ok: true,
      value: { scores: [1, 0, 0], answerable: "full" },
    });
    expect(table.referenceEntities).toEqual({
      ok: true,
      value: ["The", "Norrholm", "1874", "Visitors"],
    });
  });

  test("entities that are not copied from the reference are left to code", async () => {
    fake.setFault({
      kind: "rewrite",
      task: "split_reference",
      rewrite: (reply) => ({ ...(reply as object), entities: ["Atlantis"] }),
    });
    const table = await fill(judgeAt(fake), LIGHTHOUSE, { referenceEntities: true });
    expect(table.referenceEntities).toBeNull();
    expect(table.referenceClaims?.ok).toBe(true);
    expect(table.notes.join(" ")).toMatch(/entities/);
  });

  test("judges custom criteria in the same round", async () => {
    const table = await fill(judgeAt(fake), LIGHTHOUSE, {
      criteria: [
        { name: "polite", version: 1, text: "Is the answer polite?", kind: "yes_no" },
        { name: "clear", version: 2, text: "How clear is the answer?", kind: "scale" },
      ],
    });
    expect(table.criteria).toEqual({
      polite: { ok: true, value: 1 },
      clear: { ok: true, value: 0.75 },
    });
    expect(fake.calls.filter(({ kind }) => kind === "chat")).toHaveLength(4);
  });

  test("support that needs two passages together is joint, and only then", async () => {
    fake.setBrain({
      check: ({ text }, passages) =>
        text.includes("novels")
          ? { verdict: "supported", evidence: ["1.2", "2.2"], jointly: true }
          : {
              verdict: passages.some((line) => line.text.includes(text))
                ? "supported"
                : "unsupported",
              evidence: passages.filter((line) => line.text.includes(text)).map(({ id }) => id),
              jointly: true,
            },
    });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    const claims = table.answerClaims?.ok ? table.answerClaims.value : [];
    expect(claims.at(2)?.passages).toMatchObject({ ok: true, value: { jointly: true } });
    expect(claims.at(0)?.passages).toMatchObject({ ok: true, value: { jointly: false } });
  });
});

describe("slots", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("never more than five calls at once over all samples", async () => {
    const judge = judgeAt(fake);
    // The first five are held until they are all there; a sixth would have time to come before they are answered.
    fake.setRounds(5);
    fake.setLatency(60);
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        fill(judge, { ...LIGHTHOUSE, question: `${LIGHTHOUSE.question} ${index}` }),
      ),
    );
    fake.setLatency(0);
    expect(fake.mostAtOnce()).toBe(5);
  });

  test("waiting for a slot is no timeout", async () => {
    // The clock stands still but for the 250 ms of each call: two in a row are longer than one may take.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const slow: typeof fetch = async (...request) => {
      await vi.advanceTimersByTimeAsync(250);
      return fetch(...request);
    };
    const judge = judgeAt(fake, { slots: 1, timeoutMs: 400, fetch: slow });
    const table = await fill(judge, LIGHTHOUSE);
    expect(fake.calls).toHaveLength(5);
    expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
  });
});

describe("cancelling", () => {
  test("an abort between and inside calls stops spending at once", async () => {
    fake.setFault({ kind: "hang" });
    const stop = new AbortController();
    const judging = judgeAt(fake).fill(cutSample(LIGHTHOUSE), ALL_NEEDS, stop.signal);
    await vi.waitFor(() => expect(fake.calls).toHaveLength(2), 60_000);
    stop.abort();
    const table = await judging;
    expect(fake.calls).toHaveLength(2);
    expect(verdicts(table)).toEqual(["cancelled"]);
    expect(table.usage.judge_calls).toBe(0);
  });
});

describe("the judgement cache", () => {
  test("a second run of the same sample makes no call", async () => {
    const store = createMemoryStore();
    const first = await fill(judgeAt(fake, { store }), LIGHTHOUSE);
    fake.reset();
    const second = await fill(judgeAt(fake, { store }), LIGHTHOUSE);
    expect(fake.calls).toEqual([]);
    expect(second.usage).toEqual({
      judge_calls: 0,
      cached_calls: 5,
      prompt_tokens: 0,
      completion_tokens: 0,
    });
    expect(judgedIn(second)).toEqual(judgedIn(first));
  });

  test("a changed answer re-uses the claims of the reference", async () => {
    const store = createMemoryStore();
    await fill(judgeAt(fake, { store }), LIGHTHOUSE);
    fake.reset();
    await fill(judgeAt(fake, { store }), { ...LIGHTHOUSE, answer: "It was built in 1874." });
    expect(tasks()).toEqual(["check_passages", "cross_check", "embeddings", "split_answer"]);
  });

  test("another model does not see the judgements of the first", async () => {
    const store = createMemoryStore();
    await fill(judgeAt(fake, { store }), LIGHTHOUSE);
    fake.reset();
    await fill(judgeAt(fake, { store, model: "another" }), LIGHTHOUSE);
    expect(fake.calls).toHaveLength(5);
  });

  test("fence and control claims are fresh in every call and not part of the key", async () => {
    await fill(judgeAt(fake), LIGHTHOUSE);
    await fill(judgeAt(fake), LIGHTHOUSE);
    const users = fake.calls
      .filter(({ task }) => task === "check_passages")
      .map(({ body }) => (body.messages as { content: string }[])[1]?.content);
    expect(users).toHaveLength(2);
    expect(users[0]).not.toBe(users[1]);
  });

  test("an answer remembered without the kinds of its items is the same answer", async () => {
    const store = createMemoryStore();
    const needs = {
      referenceEntities: true,
      usefulness: ["reference", "answer"],
      criteria: [{ name: "礼貌", version: 1, text: "回答礼貌吗？", kind: "yes_no" }],
    } as const;
    for (const sample of [LIGHTHOUSE, BRIDGE]) {
      const first = await fill(judgeAt(fake, { store }), sample, needs);
      fake.reset();
      const untagged: JudgementStore = {
        get: async (keys) =>
          new Map(
            [...(await store.get(keys))].map(([key, body]) => [
              key,
              body.replace(/"kind":"[a-z]+",?/g, ""),
            ]),
          ),
        put: async () => undefined,
      };
      const second = await fill(judgeAt(fake, { store: untagged }), sample, needs);
      expect(fake.calls).toEqual([]);
      expect(judgedIn(second)).toEqual(judgedIn(first));
      fake.reset();
    }
  });

  test("a store that is broken, or holds something else, costs a call and no number", async () => {
    const broken = {
      get: () => Promise.reject(new Error("away")),
      put: () => Promise.reject(new Error("away")),
    };
    const table = await fill(judgeAt(fake, { store: broken }), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
    const foreign = {
      get: async (keys: readonly string[]) => new Map(keys.map((key) => [key, '[["a1",{"x":1}]]'])),
      put: async () => undefined,
    };
    const again = await fill(judgeAt(fake, { store: foreign }), LIGHTHOUSE);
    expect(verdicts(again)).toEqual(["supported", "supported", "unsupported"]);
  });
});
