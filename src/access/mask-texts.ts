import type { Evidence } from "../scoring/evidence.ts";

/**
 * The evidence of a project that keeps no texts. Every text becomes dots of the same length: scores, verdicts, ranks
 * and spans stay true (`text.slice(start, end)` is still the marked part), and what was said is gone.
 */
export function maskTexts(evidence: Evidence): Evidence {
  return {
    ...evidence,
    question: mask(evidence.question),
    answer: { ...evidence.answer, text: mask(evidence.answer.text) },
    passages: evidence.passages?.map((one) => ({ ...one, text: mask(one.text) })) ?? null,
    reference: evidence.reference && { ...evidence.reference, text: mask(evidence.reference.text) },
    claims: evidence.claims.map((claim) => ({ ...claim, text: mask(claim.text) })),
    reference_passages: evidence.reference_passages?.map(mask) ?? null,
    reference_entities: evidence.reference_entities?.map(mask) ?? null,
    ...(evidence.criteria_asked
      ? { criteria_asked: evidence.criteria_asked.map((one) => ({ ...one, text: mask(one.text) })) }
      : {}),
    notes: [],
  };
}

function mask(text: string): string {
  return "·".repeat(text.length);
}
