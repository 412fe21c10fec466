import type { Outcome, Reason } from "../outcome.ts";
import { failed, notApplicable, scored } from "../outcomes.ts";
import { runAtOnce, type Steps } from "../steps.ts";
import { bleuInSteps } from "./bleu.ts";
import { chrfInSteps } from "./chrf.ts";
import {
  recallInSteps as entitiesInSteps,
  entityRecallOfRagas,
  extractEntities,
  findExactly,
} from "./entities.ts";
import { costOfSearch, findParts } from "./find-parts.ts";
import { idPrecision, idRecall, precisionInSteps, recallInSteps } from "./passage-overlap.ts";
import { quotedInSteps } from "./quoted-spans.ts";
import { rouge1InSteps, rougeLInSteps } from "./rouge.ts";
import { blockedBy, hasReference, type LongMetric, type Metric, type Scene } from "./settle.ts";
import {
  hammingSimilarity,
  jaroInSteps,
  jaroWinklerInSteps,
  similarityInSteps,
} from "./string-similarity.ts";

/** Steps a quadratic comparison may take: about a second of work. Beyond it the metric fails with `budget`. */
const CELL_BUDGET = 3e9;
/** The same for characters a search may walk over. */
const SEARCH_BUDGET = 5e8;

type Compat = "ragas" | null;
/** null: it would take too long. */
type Compare = (answer: string, reference: string, compat: Compat) => number | Steps<number | null>;

/** A metric of answer text and reference text; not applicable without a reference. */
function ofTexts(compare: Compare, cells: (answer: string, reference: string) => number = () => 0) {
  return function* metric({ evidence, compat }: Scene): Steps<Outcome> {
    if (!hasReference(evidence)) return notApplicable("missing_ground_truth", "text");
    const answer = composed(evidence.answer.text, compat);
    const reference = composed(evidence.reference?.text ?? "", compat);
    if (cells(answer, reference) > CELL_BUDGET) return failed("budget", "text");
    const value = compare(answer, reference, compat);
    const done = typeof value === "number" ? value : yield* value;
    return done === null ? failed("budget", "text") : scored(done, "text");
  };
}

/**
 * The text in Unicode's composed form (NFC): é of one character and é of two look the same and mean the same, and
 * files of a Mac have the latter. Ragas compares them as they come.
 */
function composed(text: string, compat: Compat): string {
  return compat === "ragas" ? text : text.normalize("NFC");
}

/**
 * bleu: shared word sequences of answer and reference as whole texts. Formula: brevity penalty × geometric mean of the
 * 1- to 4-gram precisions (see `bleu`). Range: 0..1, higher is better. Empty cases: no reference: not applicable;
 * fewer than four tokens on either side: 0. Source: sacrebleu; Ragas `bleu_score` scores the first sentence only
 * (`compat: ragas`).
 */
export const bleuMetric = ofTexts(bleuInSteps);

/**
 * rouge_1: shared words of answer and reference. Formula: F1 of shared words ÷ words of each side (see `rouge1`).
 * Range: 0..1, higher is better. Empty cases: no reference: not applicable; a side without words: 0. Source: google
 * `rouge_score`, Ragas `rouge_score` (rouge1).
 */
export const rouge1Metric = ofTexts(function* (a, r, compat) {
  return (yield* rouge1InSteps(a, r, compat)).fmeasure;
});

/**
 * rouge_l: the longest common word sequence of answer and reference. Formula: F1 of its length ÷ words of each side
 * (see `rougeL`). Range: 0..1, higher is better. Empty cases: no reference: not applicable; a side without words: 0;
 * texts too long to compare: failed (`budget`). Source: google `rouge_score`, Ragas `rouge_score` (rougeL).
 */
export const rougeLMetric = ofTexts(function* (a, r, compat) {
  return (yield* rougeLInSteps(a, r, compat, CELL_BUDGET))?.fmeasure ?? null;
});

/**
 * chrf: shared character sequences of answer and reference. Formula: F2 of the mean 1- to 6-gram precision and recall
 * (see `chrf`). Range: 0..1, higher is better. Empty cases: no reference: not applicable; a blank side: 0. Source:
 * sacrebleu chrF, Ragas `chrf_score`.
 */
export const chrfMetric = ofTexts(chrfInSteps);

/**
 * exact_match: are answer and reference the same string? Formula: [answer = reference], letter for letter after Unicode NFC. Range: {0,
 * 1}, higher is better. Empty cases: no reference: not applicable. Source: Ragas `exact_match`.
 */
export const exactMatchMetric = ofTexts(exactMatch);
/**
 * string_presence: does the reference stand in the answer? Formula: [answer contains reference], letter for letter after Unicode NFC.
 * Range: {0, 1}, higher is better. Empty cases: no reference: not applicable. Source: Ragas `string_present`.
 */
export const stringPresenceMetric = ofTexts(presenceInSteps);

/**
 * string_similarity: likeness by edits. Formula: 1 − Levenshtein distance ÷ longer length, in code points. Range:
 * 0..1, higher is better. Empty cases: no reference: not applicable; both texts empty: 1; texts too long to compare:
 * failed (`budget`). Source: RapidFuzz, Ragas `non_llm_string_similarity` (default).
 */
export const levenshteinMetric = ofTexts(similarityInSteps, (a, r) => a.length * r.length);

/**
 * string_similarity_hamming: likeness by position. Formula: 1 − differing places ÷ longer length, in code points.
 * Range: 0..1, higher is better. Empty cases: no reference: not applicable; both texts empty: 1. Source: RapidFuzz,
 * Ragas `non_llm_string_similarity` (hamming).
 */
export const hammingMetric = ofTexts(hammingSimilarity);

/**
 * string_similarity_jaro: likeness by common characters and their order. Formula: see `jaroSimilarity`. Range: 0..1,
 * higher is better. Empty cases: no reference: not applicable; both texts empty: 1, one empty: 0. Source: RapidFuzz,
 * Ragas `non_llm_string_similarity` (jaro).
 */
export const jaroMetric = ofTexts(jaroInSteps);

/**
 * string_similarity_jaro_winkler: Jaro raised by a common beginning. Formula: j + 0.1 · prefix (at most 4) · (1 − j)
 * where j > 0.7. Range: 0..1, higher is better. Empty cases: as string_similarity_jaro. Source: RapidFuzz, Ragas
 * `non_llm_string_similarity` (jaro_winkler).
 */
export const jaroWinklerMetric = ofTexts(jaroWinklerInSteps);

export function exactMatch(answer: string, reference: string): number {
  return answer === reference ? 1 : 0;
}

export function stringPresence(answer: string, reference: string): number {
  return runAtOnce(presenceInSteps(answer, reference));
}

function* presenceInSteps(answer: string, reference: string): Steps<number> {
  return (yield* findParts(answer, new Set([reference]))).size;
}

/**
 * quoted_spans: do the quotations in the answer stand word for word in the passages? Formula: found ÷ quotations of at
 * least three words (see `quotedSpans`). Range: 0..1, higher is better. Empty cases: no contexts: not applicable;
 * nothing quoted: 1; texts too long to search: failed (`budget`). Source: Ragas' quoted spans.
 */
export const quotedSpansMetric: LongMetric = function* ({ evidence, compat }) {
  if (evidence.passages === null) return notApplicable("missing_contexts", "text");
  const passages = evidence.passages.map(({ text }) => composed(text, compat));
  const options = { compat, budget: SEARCH_BUDGET };
  const found = yield* quotedInSteps(composed(evidence.answer.text, compat), passages, options);
  return found ? scored(found.score, "text") : failed("budget", "text");
};

/**
 * non_llm_context_precision: do the passages like a reference passage stand at the top? Formula: average precision
 * over [greatest Levenshtein likeness to a reference passage ≥ 0.5] (see `overlapPrecision`). Range: 0..1, higher is
 * better. Empty cases: no contexts or no reference contexts: not applicable; nothing retrieved: 0; texts too long to
 * compare: failed (`budget`). Source: Ragas `non_llm_context_precision_with_reference`.
 */
export const overlapPrecisionMetric: LongMetric = (scene) => ofPassages(scene, precisionInSteps);

/**
 * non_llm_context_recall: share of the reference passages that are like a retrieved one. Formula: mean over reference
 * passages of [greatest Levenshtein likeness ≥ 0.5] (see `overlapRecall`). Range: 0..1, higher is better. Empty cases:
 * no contexts or no reference contexts: not applicable; nothing retrieved: 0; texts too long to compare: failed
 * (`budget`). Source: Ragas `non_llm_context_recall`.
 */
export const overlapRecallMetric: LongMetric = (scene) => ofPassages(scene, recallInSteps);

function* ofPassages(
  { evidence, compat }: Scene,
  compare: typeof recallInSteps | typeof precisionInSteps,
): Steps<Outcome> {
  const { passages, reference_passages: reference } = evidence;
  if (passages === null) return notApplicable("missing_contexts", "text");
  if (reference === null || reference.length === 0) {
    return notApplicable("missing_reference_contexts", "text");
  }
  const retrieved = passages.map(({ text }) => composed(text, compat));
  const expected = reference.map((text) => composed(text, compat));
  if (totalLength(retrieved) * totalLength(expected) > CELL_BUDGET) return failed("budget", "text");
  const value = yield* compare(retrieved, expected, { compat });
  return value === null
    ? notApplicable("missing_reference_contexts", "text")
    : scored(value, "text");
}

function totalLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

/**
 * id_based_context_precision: share of the distinct retrieved ids that should have been retrieved. Formula: |retrieved
 * ∩ reference| ÷ |retrieved|. Range: 0..1, higher is better. Empty cases: no lists of ids sent: not applicable
 * (`missing_ids`), and so with an empty list of retrieved ids, where Ragas gives NaN. Source: Ragas
 * `id_based_context_precision`.
 */
export const idPrecisionMetric: Metric = ({ evidence }) => ofIds(evidence, idPrecision);

/**
 * id_based_context_recall: share of the distinct ids that should have been retrieved and were. Formula: |retrieved ∩
 * reference| ÷ |reference|. Range: 0..1, higher is better. Empty cases: no lists of ids sent: not applicable
 * (`missing_ids`), and so with an empty list of reference ids; nothing retrieved: 0. Source: Ragas
 * `id_based_context_recall`.
 */
export const idRecallMetric: Metric = ({ evidence }) => ofIds(evidence, idRecall);

function ofIds(evidence: Parameters<Metric>[0]["evidence"], compare: typeof idRecall): Outcome {
  const missing: Reason = "missing_ids";
  if (evidence.retrieved_ids === null || evidence.reference_ids === null) {
    return notApplicable(missing, "text");
  }
  const value = compare(evidence.retrieved_ids, evidence.reference_ids);
  return value === null ? notApplicable(missing, "text") : scored(value, "text");
}

/**
 * context_entity_recall: share of the reference's distinct entities that stand in the passages. Formula: |found| ÷
 * |entities| (see `entityRecall`); entities as listed by the judge, else extracted by code (`method: text`). Range:
 * 0..1, higher is better. Empty cases: no contexts, no reference or no entities: not applicable; empty retrieval: 0.
 * Source: Ragas `context_entity_recall`.
 */
export const entityRecallMetric: LongMetric = function* (scene) {
  const { evidence, compat } = scene;
  const method = evidence.reference_entities === null ? "text" : evidence.method;
  const blocked = blockedBy(scene, ["passages", "reference"]);
  if (blocked) return { ...blocked, method };
  const { reference_entities: failure } = evidence.failures;
  if (failure) return failed(failure, evidence.method);
  const entities = evidence.reference_entities ?? extractEntities(evidence.reference?.text ?? "");
  if (entities.length === 0) return notApplicable("no_reference_claims", method);
  const passages = (evidence.passages ?? []).map(({ text }) => text);
  if (compat === "ragas") {
    const cost = passages.reduce((sum, text) => sum + costOfSearch(text, entities), 0);
    if (cost > SEARCH_BUDGET) return failed("budget", method);
    return scored(entityRecallOfRagas(entities, yield* findExactly(entities, passages)), method);
  }
  const value = yield* entitiesInSteps(entities, passages, SEARCH_BUDGET);
  if (value === "budget") return failed("budget", method);
  return value === null ? notApplicable("no_reference_claims", method) : scored(value, method);
};
