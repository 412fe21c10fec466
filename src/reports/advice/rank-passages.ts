import type { Evidence, EvidencePassage } from "../../scoring/evidence.ts";

/** The same passages in the best order: those the reference (else the answer) rests on first. */
export function rankPassages(evidence: Evidence): Evidence {
  const { passages } = evidence;
  if (!passages) return evidence;
  const worth = worthOf(evidence);
  const order = [...passages].sort(
    (a, b) => worth(b) - worth(a) || (b.relevance ?? 0) - (a.relevance ?? 0) || a.index - b.index,
  );
  const newIndex = new Map(order.map((passage, index) => [passage.index, index]));
  return {
    ...evidence,
    passages: order.map((passage, index) => ({ ...passage, index })),
    claims: evidence.claims.map((claim) => ({
      ...claim,
      evidence: claim.evidence.map((span) => ({
        ...span,
        passage: newIndex.get(span.passage) ?? span.passage,
      })),
    })),
  };
}

function worthOf(evidence: Evidence): (passage: EvidencePassage) => number {
  const hasReference = evidence.claims.some((claim) => claim.of === "reference");
  const of = hasReference ? "reference" : "answer";
  const carrying = new Set(
    evidence.claims
      .filter((claim) => claim.of === of && claim.verdict === "supported")
      .flatMap((claim) => claim.evidence.map((span) => span.passage)),
  );
  return (passage) => Number(carrying.has(passage.index));
}
