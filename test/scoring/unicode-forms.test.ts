import { describe, expect, test } from "vitest";
import type { Metric } from "../../src/scoring/metrics/settle.ts";
import { readTable } from "../../src/scoring/metrics/table.ts";
import * as text from "../../src/scoring/metrics/text.ts";
import { makeEvidence } from "./make-evidence.ts";

const METRICS: Record<string, Metric> = {
  exact_match: text.exactMatchMetric,
  string_presence: text.stringPresenceMetric,
  string_similarity: text.levenshteinMetric,
  string_similarity_hamming: text.hammingMetric,
  string_similarity_jaro: text.jaroMetric,
  string_similarity_jaro_winkler: text.jaroWinklerMetric,
  rouge_1: text.rouge1Metric,
  rouge_l: text.rougeLMetric,
  chrf: text.chrfMetric,
  quoted_spans: text.quotedSpansMetric,
  non_llm_context_precision: text.overlapPrecisionMetric,
  non_llm_context_recall: text.overlapRecallMetric,
};

function measure(metric: Metric, answer: string, reference: string, compat: "ragas" | null) {
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
  return metric({ evidence, table: readTable(evidence), compat });
}

/** The same to the eye: é as one character and as two, Hangul as syllables and as letters, か with a mark. */
const TEXTS = ["“café ouvert à Zürich”", "“한국어 문서 입니다”", "“が と ガ と ぱ と 漢字”"];

describe("the form of a character does not matter to the metrics of text", () => {
  test.each(Object.entries(METRICS))("%s", (_, metric) => {
    for (const one of TEXTS) {
      const nfd = one.normalize("NFD");
      const same = measure(metric, one, one, null);
      for (const [answer, reference] of [
        [one, nfd],
        [nfd, one],
        [nfd, nfd],
      ] as const) {
        expect(measure(metric, answer, reference, null)).toEqual(same);
      }
      expect(same).toMatchObject({ value: 1 });
    }
  });

  test("with compat: ragas they are compared as they come, as Ragas does", () => {
    const [one = ""] = TEXTS;
    const nfd = one.normalize("NFD");
    expect(measure(text.exactMatchMetric, one, nfd, "ragas")).toMatchObject({ value: 0 });
  });
});
