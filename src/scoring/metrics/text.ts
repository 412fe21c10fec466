import type { Outcome, Reason } from "../outcome.ts";
import { failed, notApplicable, scored } from "../outcomes.ts";
import { bleu } from "./bleu.ts";
import { chrf } from "./chrf.ts";
import { entityRecall, entityRecallOfRagas, extractEntities } from "./entities.ts";
import { idPrecision, idRecall, overlapPrecision, overlapRecall } from "./passage-overlap.ts";
import { countQuotationMarks, quotedSpans } from "./quoted-spans.ts";
import { countWords, rouge1, rougeL } from "./rouge.ts";
import { blockedBy, hasReference, type Metric } from "./settle.ts";
import {
  hammingSimilarity,
  jaroSimilarity,
  jaroWinklerSimilarity,
  levenshteinSimilarity,
} from "./string-similarity.ts";

/** Steps a quadratic comparison may take: about a second of work. Beyond it the metric fails with `budget`. */
const CELL_BUDGET = 3e9;

type Compat = "ragas" | null;
type Compare = (answer: string, reference: string, compat: Compat) => number;

/** A metric of answer text and reference text; not applicable without a reference. */
function ofTexts(compare: Compare, cells: (answer: string, reference: string) => number = () => 0) {
  const metric: Metric = ({ evidence, compat }) => {
    if (!hasReference(evidence)) return notApplicable("missing_ground_truth", "text");
    const answer = evidence.answer.text;
    const reference = evidence.reference?.text ?? "";
    if (cells(answer, reference) > CELL_BUDGET) return failed("budget", "text");
    return scored(compare(answer, reference, compat), "text");
  };
  return metric;
}

export const bleuMetric = ofTexts(bleu);
export const rouge1Metric = ofTexts((a, r, compat) => rouge1(a, r, compat).fmeasure);
export const rougeLMetric = ofTexts(
  (a, r, compat) => rougeL(a, r, compat).fmeasure,
  (a, r) => countWords(a) * countWords(r),
);
export const chrfMetric = ofTexts(chrf);

/** 1 when answer and reference are the same string, letter for letter; else 0. Source: Ragas `exact_match`. */
export const exactMatchMetric = ofTexts(exactMatch);
/** 1 when the reference stands in the answer, letter for letter; else 0. Source: Ragas `string_present`. */
export const stringPresenceMetric = ofTexts(stringPresence);

export const levenshteinMetric = ofTexts(levenshteinSimilarity, (a, r) => a.length * r.length);
export const hammingMetric = ofTexts(hammingSimilarity);
export const jaroMetric = ofTexts(jaroSimilarity);
export const jaroWinklerMetric = ofTexts(jaroWinklerSimilarity);

export function exactMatch(answer: string, reference: string): number {
  return answer === reference ? 1 : 0;
}

export function stringPresence(answer: string, reference: string): number {
  return answer.includes(reference) ? 1 : 0;
}

/** See `quotedSpans`. */
export const quotedSpansMetric: Metric = ({ evidence, compat }) => {
  if (evidence.passages === null) return notApplicable("missing_contexts", "text");
  const passages = evidence.passages.map(({ text }) => text);
  const cost = countQuotationMarks(evidence.answer.text) * totalLength(passages);
  if (cost > CELL_BUDGET) return failed("budget", "text");
  return scored(quotedSpans(evidence.answer.text, passages, { compat }).score, "text");
};

/** See `overlapPrecision`; needs the passages that should have been retrieved. */
export const overlapPrecisionMetric: Metric = (scene) => ofPassages(scene, overlapPrecision);
export const overlapRecallMetric: Metric = (scene) => ofPassages(scene, overlapRecall);

function ofPassages(
  { evidence, compat }: Parameters<Metric>[0],
  compare: typeof overlapRecall | typeof overlapPrecision,
): Outcome {
  const { passages, reference_passages: reference } = evidence;
  if (passages === null) return notApplicable("missing_contexts", "text");
  if (reference === null || reference.length === 0) {
    return notApplicable("missing_reference_contexts", "text");
  }
  const retrieved = passages.map(({ text }) => text);
  if (totalLength(retrieved) * totalLength(reference) > CELL_BUDGET)
    return failed("budget", "text");
  const value = compare(retrieved, reference, { compat });
  return value === null
    ? notApplicable("missing_reference_contexts", "text")
    : scored(value, "text");
}

function totalLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

/** See `idPrecision`. Nothing retrieved: 0 as the ids were sent; no id list at all: not applicable. */
export const idPrecisionMetric: Metric = ({ evidence }) => ofIds(evidence, idPrecision);
export const idRecallMetric: Metric = ({ evidence }) => ofIds(evidence, idRecall);

function ofIds(evidence: Parameters<Metric>[0]["evidence"], compare: typeof idRecall): Outcome {
  const missing: Reason = "missing_ids";
  if (evidence.retrieved_ids === null || evidence.reference_ids === null) {
    return notApplicable(missing, "text");
  }
  const value = compare(evidence.retrieved_ids, evidence.reference_ids);
  return value === null ? notApplicable(missing, "text") : scored(value, "text");
}

/** See `entityRecall`. Entities as listed by the judge, else extracted by code (`method: text`). */
export const entityRecallMetric: Metric = (scene) => {
  const { evidence, compat } = scene;
  const method = evidence.reference_entities === null ? "text" : evidence.method;
  const blocked = blockedBy(scene, ["passages", "reference"]);
  if (blocked) return { ...blocked, method };
  const { reference_entities: failure } = evidence.failures;
  if (failure) return failed(failure, evidence.method);
  const entities = evidence.reference_entities ?? extractEntities(evidence.reference?.text ?? "");
  if (entities.length === 0) return notApplicable("no_reference_claims", method);
  const passages = (evidence.passages ?? []).map(({ text }) => text);
  if (entities.length * totalLength(passages) > CELL_BUDGET) return failed("budget", method);
  if (compat === "ragas") {
    const found = entities.filter((entity) => passages.some((text) => text.includes(entity)));
    return scored(entityRecallOfRagas(entities, found), method);
  }
  const value = entityRecall(entities, passages);
  return value === null ? notApplicable("no_reference_claims", method) : scored(value, method);
};
