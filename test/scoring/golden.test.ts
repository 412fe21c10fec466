import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { measure } from "../../src/scoring/measure.ts";
import { averagePrecision } from "../../src/scoring/metrics/average-precision.ts";
import { bleu } from "../../src/scoring/metrics/bleu.ts";
import { chrf } from "../../src/scoring/metrics/chrf.ts";
import {
  type ClaimCounts,
  factualF1,
  factualScore,
  factualScoreOfRagas,
} from "../../src/scoring/metrics/correctness.ts";
import { entityRecall, entityRecallOfRagas } from "../../src/scoring/metrics/entities.ts";
import { fBeta } from "../../src/scoring/metrics/f-score.ts";
import {
  idPrecision,
  idRecall,
  overlapPrecision,
  overlapRecall,
} from "../../src/scoring/metrics/passage-overlap.ts";
import { quotedSpans } from "../../src/scoring/metrics/quoted-spans.ts";
import { rouge1, rougeL } from "../../src/scoring/metrics/rouge.ts";
import {
  hammingSimilarity,
  jaroSimilarity,
  jaroWinklerSimilarity,
  levenshteinSimilarity,
} from "../../src/scoring/metrics/string-similarity.ts";
import { exactMatch, stringPresence } from "../../src/scoring/metrics/text.ts";
import { type ClaimSketch, makeEvidence } from "./make-evidence.ts";

/** The values of the reference implementations; GOLDEN_FILE tries another file of the same form. */
const OTHER_FILE = process.env.GOLDEN_FILE;
const FILE = OTHER_FILE ?? new URL("../fixtures/golden.json", import.meta.url);

const Pair = z.object({ reference: z.string(), response: z.string() });
const Verdicts = z.array(z.number());
const Values = z.record(z.string(), z.number());
const Expected = z.union([z.number(), z.string()]);
const Threshold = z.number().default(0.5);
const Passages = z.object({
  retrieved_contexts: z.array(z.string()),
  reference_contexts: z.array(z.string()),
  threshold: Threshold,
  expected: Expected,
});
const Ids = z.object({
  retrieved_context_ids: z.array(z.union([z.string(), z.number()])),
  reference_context_ids: z.array(z.union([z.string(), z.number()])),
  expected: Expected,
});
const RougeValue = z.object({ precision: z.number(), recall: z.number(), fmeasure: z.number() });
const Matrix = z.object({
  query_id: z.string(),
  answer_claims_vs_reference: z.string(),
  reference_claims_vs_answer: z.string(),
  answer_claims_vs_passages: z.array(z.string()),
  reference_claims_vs_passages: z.array(z.string()),
  expected_ragchecker: Values,
  derived: z.object({
    ragas_faithfulness_or_over_passages: z.number(),
    ragas_context_recall_or_over_passages: z.number(),
    ragas_noise_sensitivity_relevant: z.number(),
    ragas_noise_sensitivity_irrelevant: z.number(),
    passage_relevant_flags: Verdicts,
    average_precision_of_flags: z.number(),
    ragas_factual_correctness: Values,
    ragas_answer_correctness_f1_part: z.number(),
  }),
});

const Golden = z.object({
  string_similarity: z.array(Pair.extend({ expected: Values })).default([]),
  exact_match: z.array(Pair.extend({ expected: z.number() })).default([]),
  string_presence: z.array(Pair.extend({ expected: z.number() })).default([]),
  bleu: z
    .array(Pair.extend({ expected: Values, with_zh_tokenizer: z.number().optional() }))
    .default([]),
  rouge: z
    .array(Pair.extend({ expected: z.object({ rouge1: RougeValue, rougeL: RougeValue }) }))
    .default([]),
  chrf: z
    .array(
      z.object({
        reference: z.string().nullable(),
        response: z.string().nullable(),
        expected: z.number(),
      }),
    )
    .default([]),
  average_precision: z.array(z.object({ verdicts: Verdicts, expected: z.number() })).default([]),
  non_llm_context_precision: z.array(Passages).default([]),
  non_llm_context_recall: z.array(Passages).default([]),
  id_context_precision: z.array(Ids).default([]),
  id_context_recall: z.array(Ids).default([]),
  fbeta: z
    .array(
      z.object({
        tp: z.number(),
        fp: z.number(),
        fn: z.number(),
        beta: z.number(),
        expected: z.number(),
      }),
    )
    .default([]),
  factual_correctness_from_verdicts: z
    .array(
      z.object({
        response_claims_in_reference: Verdicts,
        reference_claims_in_response: Verdicts,
        ragas: Values,
        corrected: z.record(z.string(), z.number().nullable()),
      }),
    )
    .default([]),
  context_entity_recall_from_entities: z
    .array(
      z.object({
        reference_entities: z.array(z.string()),
        context_entities: z.array(z.string()),
        legacy: z.number(),
        collections: z.number(),
      }),
    )
    .default([]),
  quoted_spans_collections: z
    .array(
      z.object({
        response: z.string(),
        retrieved_contexts: z.array(z.string()),
        casefold: z.boolean().optional(),
        min_span_words: z.number().optional(),
        expected: z.number(),
        reason_contains: z.string().optional(),
      }),
    )
    .default([]),
  claim_matrix_examples: z.object({ samples: z.array(Matrix) }).default({ samples: [] }),
});

const golden = Golden.parse(JSON.parse(readFileSync(FILE, "utf8")));
const DIGITS = 12;

describe("string similarity", () => {
  const distances: Record<string, (a: string, b: string) => number> = {
    levenshtein: levenshteinSimilarity,
    hamming: hammingSimilarity,
    jaro: jaroSimilarity,
    jaro_winkler: jaroWinklerSimilarity,
  };
  test.each(golden.string_similarity)(
    "$response | $reference",
    ({ response, reference, expected }) => {
      for (const [name, value] of Object.entries(expected)) {
        expect(distances[name]?.(response, reference), name).toBeCloseTo(value, DIGITS);
        expect(distances[name]?.(reference, response), `${name} the other way`).toBeCloseTo(
          value,
          DIGITS,
        );
      }
    },
  );
});

describe("exact match and presence", () => {
  test.each(golden.exact_match)("$response = $reference", ({ response, reference, expected }) => {
    expect(exactMatch(response, reference)).toBe(expected);
  });
  test.each(golden.string_presence)(
    "$reference in $response",
    ({ response, reference, expected }) => {
      expect(stringPresence(response, reference)).toBe(expected);
    },
  );
});

describe("BLEU", () => {
  test.each(golden.bleu)("$response | $reference", (pair) => {
    const { response, reference, expected, with_zh_tokenizer: segmented } = pair;
    expect(bleu(response, reference, "ragas")).toBeCloseTo(expected.ragas ?? Number.NaN, DIGITS);
    const whole = segmented ?? expected.whole_text_single_segment ?? Number.NaN;
    // Without a segmented value there is none to compare Chinese with: the default always segments it.
    if (segmented !== undefined || isAscii(response + reference)) {
      expect(bleu(response, reference)).toBeCloseTo(whole, DIGITS);
    }
  });
});

describe("ROUGE", () => {
  test.each(golden.rouge)("$response | $reference", ({ response, reference, expected }) => {
    for (const part of ["precision", "recall", "fmeasure"] as const) {
      const one = rouge1(response, reference, "ragas")[part];
      const long = rougeL(response, reference, "ragas")[part];
      expect(one, `rouge1 ${part}`).toBeCloseTo(expected.rouge1[part], DIGITS);
      expect(long, `rougeL ${part}`).toBeCloseTo(expected.rougeL[part], DIGITS);
    }
  });
  test.each(golden.rouge)("the default agrees on $response in ASCII", ({ response, reference }) => {
    const ragas = rougeL(response, reference, "ragas");
    const ours = rougeL(response, reference);
    if (isAscii(response + reference)) expect(ours).toEqual(ragas);
    else if (response === reference) expect(ours.fmeasure).toBe(1);
  });
});

test.each(golden.chrf)("chrF of $response | $reference", ({ response, reference, expected }) => {
  expect(chrf(response, reference)).toBeCloseTo(expected, DIGITS);
});

test.each(golden.average_precision)("average precision of $verdicts", ({ verdicts, expected }) => {
  const flags = verdicts.map((verdict) => verdict !== 0);
  expect(averagePrecision(flags, "ragas")).toBeCloseTo(expected, DIGITS);
  expect(Math.abs(averagePrecision(flags) - expected)).toBeLessThan(1e-8);
});

describe("passages by text", () => {
  test.each(golden.non_llm_context_precision)("precision $expected", (row) => {
    const options = { threshold: row.threshold, compat: "ragas" as const };
    const value = overlapPrecision(row.retrieved_contexts, row.reference_contexts, options);
    if (typeof row.expected === "number") expect(value).toBeCloseTo(row.expected, DIGITS);
    else expect(value).toBe(0);
  });
  test.each(golden.non_llm_context_recall)("recall $expected", (row) => {
    const options = { threshold: row.threshold, compat: "ragas" as const };
    const value = overlapRecall(row.retrieved_contexts, row.reference_contexts, options);
    if (typeof row.expected === "number") expect(value).toBeCloseTo(row.expected, DIGITS);
    // Ragas breaks off; a retrieval that found nothing recalls nothing, and without reference passages there is no value.
    else expect(value).toBe(row.reference_contexts.length === 0 ? null : 0);
  });
});

describe("passages by id", () => {
  test.each(golden.id_context_precision)("precision $expected", (row) => {
    const value = idPrecision(
      row.retrieved_context_ids.map(String),
      row.reference_context_ids.map(String),
    );
    expectShare(value, row.expected);
  });
  test.each(golden.id_context_recall)("recall $expected", (row) => {
    const value = idRecall(
      row.retrieved_context_ids.map(String),
      row.reference_context_ids.map(String),
    );
    expectShare(value, row.expected);
  });
});

test.each(golden.fbeta)("F$beta of $tp, $fp, $fn", ({ tp, fp, fn, beta, expected }) => {
  expect(fBeta(tp, fp, fn, beta)).toBeCloseTo(expected, DIGITS);
});

describe("factual correctness", () => {
  test.each(golden.factual_correctness_from_verdicts)("$ragas", (row) => {
    const counts: ClaimCounts = {
      answerTrue: sum(row.response_claims_in_reference),
      answerAll: row.response_claims_in_reference.length,
      referenceCovered: sum(row.reference_claims_in_response),
      referenceAll: row.reference_claims_in_response.length,
    };
    for (const mode of ["precision", "recall", "f1"] as const) {
      const ragas = row.ragas[mode];
      const corrected = row.corrected[mode];
      if (ragas !== undefined) expect(factualScoreOfRagas(counts, mode), mode).toBe(ragas);
      if (corrected === null) expect(factualScore(counts, mode)).toBeNull();
      else if (corrected !== undefined)
        expect(factualScore(counts, mode)).toBeCloseTo(corrected, DIGITS);
    }
  });
});

test.each(golden.context_entity_recall_from_entities)(
  "entity recall of $reference_entities in $context_entities",
  ({ reference_entities: reference, context_entities: context, legacy, collections }) => {
    expect(entityRecallOfRagas(reference, context, "legacy")).toBeCloseTo(legacy, DIGITS);
    expect(entityRecallOfRagas(reference, context, "collections")).toBeCloseTo(collections, DIGITS);
    if (!OTHER_FILE) {
      expect(entityRecall(reference, context)).toBeGreaterThanOrEqual(collections);
    }
  },
);

test.each(golden.quoted_spans_collections)("quoted spans of $response", (row) => {
  for (const compat of OTHER_FILE ? (["ragas"] as const) : (["ragas", null] as const)) {
    const options = {
      compat,
      casefold: row.casefold ?? true,
      ...(row.min_span_words === undefined ? {} : { minWords: row.min_span_words }),
    };
    const { score, matched, total } = quotedSpans(row.response, row.retrieved_contexts, options);
    expect(score).toBeCloseTo(row.expected, DIGITS);
    if (row.reason_contains) expect(`${matched}/${total}`).toContain(row.reason_contains);
  }
});

describe("claim tables of RAGChecker's example", () => {
  const WORDS = { E: "supported", C: "contradicted", N: "unsupported" } as const;

  function toEvidence(sample: z.infer<typeof Matrix>) {
    return makeEvidence({
      answer: toClaims(sample.answer_claims_vs_passages, sample.answer_claims_vs_reference),
      reference: toClaims(sample.reference_claims_vs_passages, sample.reference_claims_vs_answer),
      passageCount: sample.answer_claims_vs_passages[0]?.length ?? 0,
    });
  }

  function toClaims(rows: readonly string[], others: string): ClaimSketch[] {
    return rows.map((row, i) => ({
      by: [...row].flatMap((letter, passage) => (letter === "E" ? [passage] : [])),
      other: WORDS[others.charAt(i) as keyof typeof WORDS],
    }));
  }

  test.each(golden.claim_matrix_examples.samples)(
    "sample $query_id: all eleven values",
    (sample) => {
      const names = Object.keys(sample.expected_ragchecker).map((name) => `rc_${name}`);
      expect(names).toHaveLength(11);
      const outcomes = measure(toEvidence(sample), names);
      for (const [name, value] of Object.entries(sample.expected_ragchecker)) {
        expect(outcomes[`rc_${name}`]?.value, name).toBe(value);
      }
    },
  );

  test.each(golden.claim_matrix_examples.samples)("sample $query_id: Ragas' values", (sample) => {
    const { derived } = sample;
    const evidence = toEvidence(sample);
    const value = (name: string) => measure(evidence, [name], { compat: "ragas" })[name]?.value;
    expect(value("faithfulness")).toBeCloseTo(derived.ragas_faithfulness_or_over_passages, DIGITS);
    expect(value("context_recall")).toBeCloseTo(
      derived.ragas_context_recall_or_over_passages,
      DIGITS,
    );
    expect(value("noise_sensitivity")).toBeCloseTo(
      derived.ragas_noise_sensitivity_relevant,
      DIGITS,
    );
    expect(value("noise_sensitivity_irrelevant")).toBeCloseTo(
      derived.ragas_noise_sensitivity_irrelevant,
      DIGITS,
    );
    expect(value("context_precision")).toBeCloseTo(derived.average_precision_of_flags, DIGITS);
    const facts = derived.ragas_factual_correctness;
    expect(value("factual_correctness")).toBe(facts.f1);
    expect(value("factual_correctness_precision")).toBe(facts.precision);
    expect(value("factual_correctness_recall")).toBe(facts.recall);
    const counts: ClaimCounts = {
      answerTrue: count(sample.answer_claims_vs_reference),
      answerAll: sample.answer_claims_vs_reference.length,
      referenceCovered: count(sample.reference_claims_vs_answer),
      referenceAll: sample.reference_claims_vs_answer.length,
    };
    expect(factualF1(counts)).toBeCloseTo(derived.ragas_answer_correctness_f1_part, DIGITS);
    const withSimilarity = { ...evidence, similarity: 1, similarity_method: "embedding" as const };
    const correctness = measure(withSimilarity, ["answer_correctness"]).answer_correctness?.value;
    expect(correctness).toBeCloseTo(0.75 * derived.ragas_answer_correctness_f1_part + 0.25, DIGITS);
  });

  function count(letters: string): number {
    return [...letters].filter((letter) => letter === "E").length;
  }
});

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** Ragas' NaN is "no value" here. */
function expectShare(value: number | null, expected: number | string) {
  if (typeof expected === "number") expect(value).toBeCloseTo(expected, DIGITS);
  else expect(value).toBeNull();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
