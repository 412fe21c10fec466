import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMemoryStore } from "../../../src/judges/cache/judgement-store.ts";
import { askTwice } from "../../../src/judges/consistency/ask-twice.ts";
import { createOfflineJudge } from "../../../src/judges/offline/offline-judge.ts";
import { readSecondAsks } from "../../../src/scoring/consistency/second-asks.ts";
import { summarizeConsistency } from "../../../src/scoring/consistency/summarize-consistency.ts";
import type { Judge } from "../../../src/scoring/judge.ts";
import type { Sample } from "../../../src/scoring/sample.ts";
import { scoreSample } from "../../../src/scoring/score-sample.ts";
import { HONEST } from "../../fakes/openai-brain.ts";
import { type FakeOpenAi, startFakeOpenAi } from "../../fakes/openai-server.ts";
import { judgeAt } from "../chat/scene.ts";

let fake: FakeOpenAi;
beforeAll(async () => {
  fake = await startFakeOpenAi();
});
beforeEach(() => {
  fake.reset();
  fake.setBrain({});
  fake.setFault(null);
});
afterAll(() => fake.close());

const METRICS = ["faithfulness", "context_recall", "answer_correctness"];
const NOTHING = { referencePassages: null, retrievedIds: null, referenceIds: null };

/** Six statements; a sentence of the passages carries each, and says a little more. */
function shelf(n: number): Sample {
  const isChinese = n % 2 === 0;
  const levels = Array.from({ length: 6 }, (_, at) =>
    isChinese
      ? `第${n}号货架第${at + 1}层放着${20 + at}罐李子酱。`
      : `Level ${at + 1} of shelf ${n} holds ${20 + at} jars of plum jam.`,
  );
  const asked = isChinese ? `第${n}号货架放着什么？` : `What stands on shelf ${n}?`;
  const passages = levels.map((line) => (isChinese ? `盘点：${line}` : `Stocktaking: ${line}`));
  const answer = levels.join(isChinese ? "" : " ");
  return { ...NOTHING, question: asked, answer, passages, reference: null };
}

const score = (judge: Judge, sample: Sample, metrics = ["faithfulness"]) =>
  scoreSample(sample, { id: "1", metrics, judge });

/** Says the wrong thing about a statement now and then, anew each time it is asked; its control claims it knows. */
function setNoise(rate: number): void {
  const times = new Map<string, number>();
  fake.setBrain({
    check(claim, passages) {
      const honest = HONEST.check(claim, passages);
      const isStatement = /plum jam|李子酱/.test(claim.text);
      if (!isStatement || /Stocktaking|盘点/.test(claim.text)) return honest;
      const time = times.get(claim.text) ?? 0;
      times.set(claim.text, time + 1);
      const isWrong = hash(`${claim.text} ${time}`) < rate;
      return isWrong ? { verdict: "unsupported", evidence: [] } : honest;
    },
  });
}

/** An even draw in 0..1 that depends on the text alone, so that the order of calls does not matter. */
function hash(text: string): number {
  let state = 2166136261;
  for (let at = 0; at < text.length; at++) {
    state = Math.imul(state ^ text.charCodeAt(at), 16777619);
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}

describe("the flip rate of a noisy judge, zh and en", () => {
  // Two askings of a judge that is wrong at random with probability q differ with probability 2 q (1 − q).
  test.each([
    { noise: 0, flips: 0 },
    { noise: 0.1, flips: 0.18 },
    { noise: 0.3, flips: 0.42 },
  ])("wrong in $noise of its verdicts: $flips of them flip", async ({ noise, flips }) => {
    setNoise(noise);
    const judge = askTwice(judgeAt(fake, { embeddingModel: null }));
    const asks = [];
    for (let n = 1; n <= 150; n++) {
      const { evidence } = await score(judge, shelf(n));
      asks.push(readSecondAsks(evidence, ["faithfulness"]) ?? expect.fail("not asked twice"));
    }
    const found = summarizeConsistency(asks);
    expect(found?.verdicts).toBe(900);
    // What is drawn is a twentieth of what is not doubtful.
    const undoubted = 900 - (found?.doubtful.asked ?? 0);
    expect(found?.random.asked).toBeGreaterThan(undoubted * 0.03);
    expect(found?.random.asked).toBeLessThan(undoubted * 0.07);
    const [low = 1, high = 0] = found?.interval ?? [];
    console.log(
      `noise ${noise}: flip rate ${found?.flip_rate?.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}], true ${flips}; ${found?.doubtful.asked} doubtful and ${found?.random.asked} random of ${found?.verdicts} asked again`,
    );
    expect(low).toBeLessThanOrEqual(flips);
    expect(high).toBeGreaterThanOrEqual(flips);
    expect(Math.abs((found?.flip_rate ?? 1) - flips)).toBeLessThan(0.1);
  });
});

describe("a second asking", () => {
  const GRANITE: Sample = {
    ...NOTHING,
    question: "Of what is the tower built?",
    answer: "The tower is built of granite. The sea made masons wealthy there.",
    passages: ["Builders chose granite for the tower.", "Quarrymen grew rich on that coast."],
    reference: "The tower is built of granite.",
  };
  const TEA: Sample = {
    ...NOTHING,
    question: "绿茶用多少度的水冲泡？",
    answer: "绿茶用八十度的水冲泡。这个茶园种着三千棵茶树。",
    passages: ["冲泡绿茶用八十度的水。", "茶园建在山坡上。"],
    reference: "绿茶用八十度的水冲泡。",
  };
  const SUPPORT_ALL = {
    check: (claim: { text: string }, passages: { id: string }[]) =>
      /登记处|registry|archive|file number/i.test(claim.text) || passages.length === 0
        ? { verdict: "unsupported", evidence: [] }
        : { verdict: "supported", evidence: passages.map(({ id }) => id) },
  };

  test.each([
    ["en", GRANITE],
    ["zh", TEA],
  ])("asks only what is doubtful, and counts what it costs (%s)", async (_, sample) => {
    fake.setBrain(SUPPORT_ALL);
    const plain = await score(judgeAt(fake, { embeddingModel: null }), sample, METRICS);
    const once = fake.calls.length;
    fake.reset();
    const twice = await score(askTwice(judgeAt(fake, { embeddingModel: null })), sample, METRICS);
    expect(twice.scores).toEqual(plain.scores);
    expect(twice.usage.judge_calls).toBe(fake.calls.length);
    expect(fake.calls.length - once).toBeGreaterThanOrEqual(1);
    expect(fake.calls.length - once).toBeLessThanOrEqual(2);
    const asked = twice.evidence.claims.filter(({ again }) => again);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(twice.evidence.claims.length);
    expect(plain.evidence.consistency).toBeUndefined();
  });

  test("is remembered under a key of its own, and is never the first answer again", async () => {
    const store = createMemoryStore();
    const judge = askTwice(judgeAt(fake, { embeddingModel: null, store }));
    const seen = new Set<string>();
    // Says yes the first time it sees a statement, and no from then on.
    fake.setBrain({
      check(claim, passages) {
        const honest = SUPPORT_ALL.check(claim, passages);
        if (!/masons wealthy/.test(claim.text)) return honest;
        const isFirst = !seen.has(claim.text);
        seen.add(claim.text);
        return isFirst ? honest : { verdict: "unsupported", evidence: [] };
      },
    });
    const sample = { ...GRANITE, passages: ["Builders chose granite.", "Ferries leave at noon."] };
    const first = await score(judge, sample);
    const again = first.evidence.claims.map((claim) => claim.again?.passages?.verdict);
    expect(again).toContain("unsupported");
    const calls = fake.calls.length;
    const second = await score(judge, sample);
    expect(fake.calls.length).toBe(calls);
    expect(second.usage).toMatchObject({ judge_calls: 0, cached_calls: calls });
    expect(second.evidence.claims).toEqual(first.evidence.claims);
    expect(second.judgements).toEqual(first.judgements);
    expect(second.judgements?.length).toBe(calls);
    // The value is that of the first verdicts; the interval reaches to the second.
    expect(first.scores.faithfulness).toBe(1);
    expect(first.outcomes.faithfulness?.interval).toEqual([0.5, 1]);
  });

  test("that gets no answer leaves the scores as they are, and is no flip", async () => {
    fake.setBrain(SUPPORT_ALL);
    const judge = judgeAt(fake, { embeddingModel: null });
    const leaving: Judge = {
      ...judge,
      async fill(...asked) {
        const table = await judge.fill(...asked);
        fake.setFault({ kind: "status_503" });
        return table;
      },
    };
    const scored = await score(askTwice(leaving), { ...GRANITE, passages: ["Ferries leave."] });
    expect(scored.scores.faithfulness).toBe(1);
    expect(scored.evidence.notes.join(" ")).toContain("second time");
    expect(readSecondAsks(scored.evidence, ["faithfulness"])).toMatchObject({
      doubtfulAsked: [0, 0],
      randomAsked: [0, 0],
      noise: {},
    });
  });

  test("is no use with a judge that always says the same", () => {
    const offline = createOfflineJudge();
    expect(askTwice(offline)).toBe(offline);
  });
});
