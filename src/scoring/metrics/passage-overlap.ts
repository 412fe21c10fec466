import { averagePrecision } from "./average-precision.ts";
import { levenshteinSimilarity } from "./string-similarity.ts";

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
  options: { threshold?: number; compat?: "ragas" | null } = {},
): number {
  const { threshold = THRESHOLD, compat = null } = options;
  const relevant = retrieved.map((passage) => greatestLikeness(passage, reference) >= threshold);
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
  options: { threshold?: number; compat?: "ragas" | null } = {},
): number | null {
  const { threshold = THRESHOLD, compat = null } = options;
  if (reference.length === 0) return null;
  const found = reference.filter((passage) => {
    const likeness = greatestLikeness(passage, retrieved);
    return compat === "ragas" ? likeness > threshold : likeness >= threshold;
  });
  return found.length / reference.length;
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

function greatestLikeness(passage: string, others: readonly string[]): number {
  return others.reduce((most, other) => Math.max(most, levenshteinSimilarity(passage, other)), 0);
}
