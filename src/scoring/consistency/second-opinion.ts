import type { Evidence, EvidenceClaim, SecondVerdict } from "../evidence.ts";
import type { Outcome } from "../outcome.ts";

/** A verdict of the table that was asked for twice. */
export interface AskedTwice {
  claimId: string;
  against: "passages" | "other";
  first: string;
  second: SecondVerdict;
}

/** Verdicts with two usable answers. */
export function askedTwice(evidence: Evidence): AskedTwice[] {
  return evidence.claims.flatMap((claim) =>
    (["passages", "other"] as const).flatMap((against) => {
      const second = claim.again?.[against];
      const first = firstVerdict(claim, against);
      if (!second || second.verdict === null || first === null) return [];
      return [{ claimId: claim.id, against, first, second }];
    }),
  );
}

export function firstVerdict(claim: EvidenceClaim, against: "passages" | "other"): string | null {
  if (against === "passages") return claim.verdict;
  return claim.supported_by_reference ?? claim.supported_by_answer ?? null;
}

export function isFlip({ first, second }: AskedTwice): boolean {
  return first !== second.verdict;
}

/** The evidence with the second word wherever it differs; null when it nowhere does. */
export function secondOpinion(evidence: Evidence): Evidence | null {
  if (!evidence.consistency) return null;
  const flips = askedTwice(evidence).filter(isFlip);
  return flips.length === 0 ? null : withFlips(evidence, flips);
}

export function withFlips(evidence: Evidence, flips: readonly AskedTwice[]): Evidence {
  const byClaim = new Map<string, AskedTwice[]>();
  for (const one of flips) byClaim.set(one.claimId, [...(byClaim.get(one.claimId) ?? []), one]);
  const claims = evidence.claims.map((claim) => (byClaim.get(claim.id) ?? []).reduce(flip, claim));
  return { ...evidence, claims };
}

function flip(claim: EvidenceClaim, { against, second }: AskedTwice): EvidenceClaim {
  const { verdict, evidence = [], jointly = false } = second;
  if (against === "passages") return { ...claim, verdict, evidence, jointly };
  return claim.of === "answer"
    ? { ...claim, supported_by_reference: verdict }
    : { ...claim, supported_by_answer: verdict };
}

/** What the judge said first, with an interval that reaches to what it said second. */
export function widenOutcomes(
  first: Readonly<Record<string, Outcome>>,
  second: Readonly<Record<string, Outcome>>,
): Record<string, Outcome> {
  return Object.fromEntries(
    Object.entries(first).map(([metric, outcome]) => [metric, widen(outcome, second[metric])]),
  );
}

function widen(outcome: Outcome, other: Outcome | undefined): Outcome {
  const { value } = outcome;
  if (value === null || typeof other?.value !== "number") return outcome;
  const bounds = [value, other.value, ...(outcome.interval ?? []), ...(other.interval ?? [])];
  const interval: [number, number] = [Math.min(...bounds), Math.max(...bounds)];
  return interval[0] === interval[1] ? outcome : { ...outcome, interval };
}
