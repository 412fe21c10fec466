import { expect, test } from "vitest";
import type { Needs } from "../../src/scoring/judge.ts";
import { DEFAULT_METRICS } from "../../src/scoring/metrics/registry.ts";
import { needsOf } from "../../src/scoring/needs.ts";
import { CORE_METRICS } from "./core-metrics.ts";

const FULL = { answer: "An answer.", passages: ["A passage."], reference: "标准答案。" };

/** Names of what is asked for. */
function asked(needs: Needs): string[] {
  return Object.entries(needs).flatMap(([name, isNeeded]) => (isNeeded === true ? [name] : []));
}

test("nothing is asked for text metrics or for none", () => {
  expect(asked(needsOf([], FULL))).toEqual([]);
  expect(asked(needsOf(["bleu", "rouge_l", "exact_match", "quoted_spans"], FULL))).toEqual([]);
});

test("a metric asks for its cells only", () => {
  expect(asked(needsOf(["faithfulness"], FULL))).toEqual([
    "answerClaims",
    "answerAgainstPassages",
    "passageRelevance",
  ]);
  expect(asked(needsOf(["context_recall"], FULL))).toEqual([
    "referenceClaims",
    "referenceAgainstPassages",
    "passageRelevance",
  ]);
  expect(asked(needsOf(["answer_relevancy"], FULL))).toEqual(["answerClaims", "answerRelevancy"]);
  expect(asked(needsOf(["rc_precision"], FULL))).toEqual([
    "answerClaims",
    "answerAgainstReference",
  ]);
  expect(asked(needsOf(["semantic_similarity"], FULL))).toEqual(["similarity"]);
  expect(asked(needsOf(["context_entity_recall"], FULL))).toEqual(["referenceEntities"]);
});

test("the seven metrics ask for the whole table once", () => {
  expect(asked(needsOf(CORE_METRICS, FULL))).toEqual([
    "answerClaims",
    "referenceClaims",
    "answerAgainstPassages",
    "referenceAgainstPassages",
    "answerAgainstReference",
    "referenceAgainstAnswer",
    "answerRelevancy",
    "passageRelevance",
    "similarity",
  ]);
});

test("what was not sent is not asked about", () => {
  const noReference = { ...FULL, reference: null };
  expect(asked(needsOf(DEFAULT_METRICS, noReference))).toEqual([
    "answerClaims",
    "answerAgainstPassages",
    "answerRelevancy",
    "passageRelevance",
  ]);
  expect(
    asked(needsOf(["noise_sensitivity", "factual_correctness", "answer_correctness"], noReference)),
  ).toEqual([]);
  const noPassages = { ...FULL, passages: null };
  expect(asked(needsOf(DEFAULT_METRICS, noPassages))).toEqual(["answerClaims", "answerRelevancy"]);
});

test("against an empty retrieval nothing is checked, and recall needs no split", () => {
  for (const passages of [[], [" "]]) {
    expect(asked(needsOf(["context_recall", "context_precision"], { ...FULL, passages }))).toEqual(
      [],
    );
    expect(asked(needsOf(["faithfulness"], { ...FULL, passages }))).toEqual(["answerClaims"]);
  }
});

test("only the criteria that are among the metrics are judged", () => {
  const criteria = ["tone", "语气"].map((name) => ({
    name,
    version: 1,
    text: "?",
    kind: "yes_no" as const,
  }));
  expect(needsOf(["criterion:语气"], FULL, criteria).criteria.map(({ name }) => name)).toEqual([
    "语气",
  ]);
});
