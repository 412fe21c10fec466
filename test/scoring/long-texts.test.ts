import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { cutText } from "../../src/scoring/cut-text.ts";
import { CLAIMS_PER_TEXT } from "../../src/scoring/judge.ts";
import { measure } from "../../src/scoring/measure.ts";
import { findParts } from "../../src/scoring/metrics/find-parts.ts";
import { METRIC_NAMES } from "../../src/scoring/metrics/registry.ts";
import { countSharedGrams } from "../../src/scoring/metrics/shared-grams.ts";
import type { Sample } from "../../src/scoring/sample.ts";
import { scoreSample } from "../../src/scoring/score-sample.ts";
import { runAtOnce } from "../../src/scoring/steps.ts";
import { makeEvidence } from "./make-evidence.ts";

const NEVER = async (): Promise<void> => undefined;

function sampleOf(change: Partial<Sample>): Sample {
  return {
    question: "What is the capital of France?",
    answer: "Paris.",
    passages: ["Paris is the capital of France. It is big."],
    reference: null,
    referencePassages: null,
    retrievedIds: null,
    referenceIds: null,
    ...change,
  };
}

function score(change: Partial<Sample>, metrics: readonly string[], pause = NEVER) {
  return scoreSample(sampleOf(change), { id: "1", metrics, judge: createOfflineJudge(), pause });
}

describe("claims behind the bound are counted, and no number is taken for that of the whole text", () => {
  const beyond = 400;
  test.each([
    ["English", "Paris is big. ", "Paris is the capital of France. It is big."],
    ["中文", "巴黎很大。", "巴黎是法国首都。巴黎很大。"],
  ])("%s: a few more give an interval, many more give no number", async (_, unit, passage) => {
    const metrics = ["faithfulness", "contradiction_rate", "citation_accuracy"];
    const few = await score(
      { answer: unit.repeat(CLAIMS_PER_TEXT + beyond), passages: [passage] },
      metrics,
    );
    expect(few.evidence.claims).toHaveLength(CLAIMS_PER_TEXT);
    expect(few.evidence.unchecked).toEqual({ answer: beyond, reference: 0 });
    expect(few.evidence.notes.join()).toContain(`${beyond} claims were not checked`);
    const { value, coverage, interval } = few.outcomes.faithfulness ?? {};
    expect(coverage).toBeCloseTo(CLAIMS_PER_TEXT / (CLAIMS_PER_TEXT + beyond), 10);
    expect(interval?.[0]).toBeCloseTo((value ?? 0) * (coverage ?? 0), 10);
    expect(interval?.[1]).toBeCloseTo((value ?? 0) * (coverage ?? 0) + 1 - (coverage ?? 0), 10);
    const many = await score(
      { answer: unit.repeat(CLAIMS_PER_TEXT * 2), passages: [passage] },
      metrics,
    );
    expect(many.outcomes.faithfulness).toMatchObject({ status: "failed", reason: "budget" });
  });

  test("the reference has a bound of its own; at the bound nothing is said", async () => {
    const reference = "Paris is the capital of France and it is big. ".repeat(CLAIMS_PER_TEXT + 1);
    const over = await score({ reference }, ["context_recall"]);
    expect(over.evidence.unchecked).toEqual({ answer: 0, reference: 1 });
    expect(over.outcomes.context_recall).toHaveProperty("interval");
    const at = await score({ answer: "Paris is big. ".repeat(CLAIMS_PER_TEXT) }, ["faithfulness"]);
    expect(at.evidence.unchecked).toBeUndefined();
    expect(at.outcomes.faithfulness).not.toHaveProperty("coverage");
  });

  test("long claims are bounded by their bytes, so that Chinese is read as far as English", async () => {
    const claim = `巴黎很大${"，而且很美".repeat(38)}。`;
    const { evidence } = await score({ answer: claim.repeat(1600) }, ["faithfulness"]);
    const read = evidence.claims.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    expect(read).toBeLessThanOrEqual(300_000);
    expect(read).toBeGreaterThan(299_000);
    expect(evidence.claims.length + (evidence.unchecked?.answer ?? 0)).toBe(1600);
  });

  test("what is asked of one side does not fail for the other; a citation may stand behind the bound", () => {
    const answer = Array.from({ length: 10 }, () => ({ by: [0], text: "So it is [1]." }));
    const evidence = makeEvidence({
      answer,
      reference: [{ by: [0] }],
      evidence: { unchecked: { answer: 2, reference: 0 } },
    });
    const outcomes = measure(evidence, ["context_recall", "citation_accuracy", "faithfulness"]);
    expect(outcomes.context_recall).toMatchObject({ value: 1 });
    expect(outcomes.context_recall).not.toHaveProperty("interval");
    expect(outcomes.citation_accuracy).toMatchObject({ value: 1, interval: [10 / 12, 1] });
    expect(outcomes.faithfulness?.coverage).toBeCloseTo(10 / 12, 10);
  });
});

describe("others are let in while a long text is worked on", () => {
  const SHAPES: [string, (n: number) => Partial<Sample>][] = [
    ["sentences", (n) => ({ answer: "Paris is big. ".repeat(n) })],
    ["句子", (n) => ({ answer: "巴黎很大。".repeat(n), passages: ["巴黎很大。".repeat(n)] })],
    [
      "a long question",
      (n) => ({ question: "What is it? ".repeat(n), answer: "It is. ".repeat(n) }),
    ],
    ["a long reference", (n) => ({ reference: "Paris is the big capital. ".repeat(n) })],
    ["numbers without a blank", (n) => ({ answer: "1,".repeat(15 * n) })],
    ["emoji", (n) => ({ answer: "👨‍👩‍👧‍👦 ".repeat(2 * n) })],
    ["hundred contexts", (n) => ({ passages: new Array(100).fill("It is. ".repeat(n / 100)) })],
  ];
  test.each(SHAPES)("%s: four times the text, about four times the rests", async (_, make) => {
    const rests = async (n: number) => {
      let count = 0;
      await score(make(n), ["faithfulness", "context_recall", "answer_relevancy"], async () => {
        count++;
      });
      return count;
    };
    const [once, fourTimes] = [await rests(10_000), await rests(40_000)];
    expect(once).toBeGreaterThan(0);
    expect(fourTimes).toBeGreaterThan(once);
    expect(fourTimes).toBeLessThanOrEqual(once * 5);
  });

  test("nobody waits for a rest in a usual sample, and the rests change nothing", async () => {
    let rests = 0;
    const change = { answer: "Paris is big. ".repeat(20), reference: "Paris is big, 巴黎很大。" };
    const paused = await score(change, METRIC_NAMES, async () => {
      rests++;
    });
    expect(rests).toBe(0);
    const judge = createOfflineJudge();
    expect(paused).toEqual(
      await scoreSample(sampleOf(change), { id: "1", metrics: METRIC_NAMES, judge }),
    );
  });
});

describe("texts made to be hard come to an end", () => {
  test.each([
    ["blanks before a slash", { reference: `a${" ".repeat(300_000)}b` }],
    ["many places of a short reference", { answer: "the a ".repeat(200_000), reference: "a/b" }],
    [
      "made against search",
      { answer: "ab".repeat(200_000), reference: `${"ab".repeat(90_000)}b${"ab".repeat(90_000)}` },
    ],
    ["many kinds of characters", { answer: hanOf(300_000), reference: hanOf(1500) }],
  ])("%s", async (_, change: Partial<Sample>) => {
    const { outcomes } = await score(change, METRIC_NAMES);
    expect(Object.keys(outcomes)).toHaveLength(METRIC_NAMES.length);
  });
});

function hanOf(length: number): string {
  return Array.from({ length }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7919) % 20_000))).join(
    "",
  );
}

describe("a text of very many short lines", () => {
  test.each(["a\n", "巴。", "| a |\n", "大；"])(
    "%j: every character lies in a sentence, in order",
    (unit) => {
      const text = unit.repeat(100_000);
      const { sentences } = cutText(text, "s");
      expect(sentences.length).toBeLessThan(35_000);
      let at = 0;
      for (const { start, end } of sentences) {
        expect(text.slice(at, start).trim()).toBe("");
        at = end;
      }
      expect(text.slice(at).trim()).toBe("");
    },
  );
});

const letters = fc.string({ unit: fc.constantFrom("a", "b", "巴", "𝒳"), maxLength: 40 });

test("parts are found exactly where the engine finds them", () => {
  fc.assert(
    fc.property(letters, fc.array(letters, { maxLength: 12 }), (source, parts) => {
      const found = runAtOnce(findParts(source, new Set(parts)));
      expect([...found].sort()).toEqual(
        [...new Set(parts.filter((part) => source.includes(part)))].sort(),
      );
    }),
  );
});

test("shared sequences are those counted one by one", () => {
  const words = fc.array(fc.constantFrom("a", "b", "ab", "巴", ""), { maxLength: 30 });
  fc.assert(
    fc.property(words, fc.array(words, { minLength: 1, maxLength: 3 }), (text, references) => {
      const counts = (items: readonly string[], order: number) => {
        const found = new Map<string, number>();
        for (let at = 0; at + order <= items.length; at++) {
          const gram = JSON.stringify(items.slice(at, at + order));
          found.set(gram, (found.get(gram) ?? 0) + 1);
        }
        return found;
      };
      const expected = [1, 2, 3, 4].map((order) =>
        [...counts(text, order)].reduce((sum, [gram, count]) => {
          const most = Math.max(...references.map((one) => counts(one, order).get(gram) ?? 0));
          return sum + Math.min(count, most);
        }, 0),
      );
      expect(runAtOnce(countSharedGrams(text, references, 4))).toEqual(expected);
    }),
  );
});
