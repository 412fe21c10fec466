import { describe, expect, test } from "vitest";
import { measure } from "../../src/scoring/measure.ts";
import { makeEvidence } from "./make-evidence.ts";

const METRICS = [
  "exact_match",
  "string_presence",
  "string_similarity",
  "string_similarity_hamming",
  "string_similarity_jaro",
  "string_similarity_jaro_winkler",
  "rouge_1",
  "rouge_l",
  "chrf",
  "quoted_spans",
  "non_llm_context_precision",
  "non_llm_context_recall",
];

function measureTexts(metric: string, answer: string, reference: string, compat?: "ragas") {
  const passage = { index: 0, text: reference, sentences: [], relevance: null };
  const sentence = [{ id: "s1", start: 0, end: 1 }];
  const evidence = makeEvidence({
    evidence: {
      answer: { text: answer, sentences: sentence },
      reference: { text: reference, sentences: sentence },
      passages: [passage],
      reference_passages: [answer],
    },
  });
  return measure(evidence, [metric], compat ? { compat } : {})[metric];
}

/** The same to the eye: é as one character and as two, Hangul as syllables and as letters, か with a mark. */
const TEXTS = ["“café ouvert à Zürich”", "“한국어 문서 입니다”", "“が と ガ と ぱ と 漢字”"];

describe("the form of a character does not matter to the metrics of text", () => {
  test.each(METRICS)("%s", (metric) => {
    for (const one of TEXTS) {
      const nfd = one.normalize("NFD");
      const same = measureTexts(metric, one, one);
      for (const [answer, reference] of [
        [one, nfd],
        [nfd, one],
        [nfd, nfd],
      ] as const) {
        expect(measureTexts(metric, answer, reference)).toEqual(same);
      }
      expect(same).toMatchObject({ value: 1 });
    }
  });

  test("with compat: ragas they are compared as they come, as Ragas does", () => {
    const [one = ""] = TEXTS;
    const nfd = one.normalize("NFD");
    expect(measureTexts("exact_match", one, nfd, "ragas")).toMatchObject({ value: 0 });
  });
});
