import { runAtOnce, type Steps } from "../steps.ts";
import { averagePrecision } from "./average-precision.ts";
import { similarityInSteps } from "./string-similarity.ts";

interface Options {
  threshold?: number;
  compat?: "ragas" | null;
}

/** Likeness from which a retrieved and a reference passage count as the same. */
const THRESHOLD = 0.5;

/**
 * non_llm_context_precision: average precision over the retrieved passages, relevant when their greatest Levenshtein
 * likeness to a reference passage is at least the threshold. Range 0..1; 0 when nothing was retrieved.
 * Source: Ragas; `compat: ragas` adds its epsilon.
 */
export function overlapPrecision(
  retrieved: readonly string[],
  reference: readonly string[],
  options: Options = {},
): number {
  return runAtOnce(precisionInSteps(retrieved, reference, options));
}

/** The same for texts that may be long. */
export function* precisionInSteps(
  retrieved: readonly string[],
  reference: readonly string[],
  { threshold = THRESHOLD, compat = null }: Options,
): Steps<number> {
  const relevant: boolean[] = [];
  for (const passage of retrieved) {
    relevant.push((yield* greatestLikeness(passage, reference)) >= threshold);
  }
  return averagePrecision(relevant, compat);
}

/**
 * non_llm_context_recall: share of the reference passages that are like a retrieved one. Range 0..1; 0 when nothing
 * was retrieved, null without reference passages. Source: Ragas, which asks for more than the threshold here but at
 * least the threshold in the precision; both are "at least" here, `compat: ragas` gives the strict test.
 */
export function overlapRecall(
  retrieved: readonly string[],
  reference: readonly string[],
  options: Options = {},
): number | null {
  return runAtOnce(recallInSteps(retrieved, reference, options));
}

/** The same for texts that may be long. */
export function* recallInSteps(
  retrieved: readonly string[],
  reference: readonly string[],
  { threshold = THRESHOLD, compat = null }: Options,
): Steps<number | null> {
  if (reference.length === 0) return null;
  let found = 0;
  for (const passage of reference) {
    const likeness = yield* greatestLikeness(passage, retrieved);
    if (compat === "ragas" ? likeness > threshold : likeness >= threshold) found++;
  }
  return found / reference.length;
}

/** id_based_context_precision: share of the distinct retrieved ids that are reference ids; null without any. */
export function idPrecision(
  retrieved: readonly string[],
  reference: readonly string[],
): number | null {
  return sharedPart(retrieved, reference);
}

/** id_based_context_recall: share of the distinct reference ids that were retrieved; null without any. */
export function idRecall(
  retrieved: readonly string[],
  reference: readonly string[],
): number | null {
  return sharedPart(reference, retrieved);
}

function sharedPart(of: readonly string[], inside: readonly string[]): number | null {
  const distinct = new Set(of);
  if (distinct.size === 0) return null;
  const known = new Set(inside);
  return [...distinct].filter((id) => known.has(id)).length / distinct.size;
}

function* greatestLikeness(passage: string, others: readonly string[]): Steps<number> {
  let most = 0;
  for (const other of others) {
    most = Math.max(most, yield* similarityInSteps(passage, other));
    if (most === 1) break;
  }
  return most;
}
