import type { Evidence, EvidenceClaim } from "./evidence.ts";
import type { Verdict } from "./judge.ts";

export interface ClaimFlip {
  of: "answer" | "reference";
  text: string;
  baseClaimId: string;
  otherClaimId: string;
  from: Verdict;
  to: Verdict;
}

/** Claims both samples make in the same words, whose verdict against the passages changed. */
export function findFlips(base: Evidence, other: Evidence): ClaimFlip[] {
  const waiting = new Map<string, EvidenceClaim[]>();
  for (const claim of [...other.claims].reverse()) {
    const queue = waiting.get(keyOf(claim));
    if (queue) queue.push(claim);
    else waiting.set(keyOf(claim), [claim]);
  }
  return base.claims.flatMap((claim) => {
    const partner = waiting.get(keyOf(claim))?.pop();
    if (!partner || claim.verdict === null || partner.verdict === null) return [];
    if (claim.verdict === partner.verdict) return [];
    return [
      {
        of: claim.of,
        text: claim.text,
        baseClaimId: claim.id,
        otherClaimId: partner.id,
        from: claim.verdict,
        to: partner.verdict,
      },
    ];
  });
}

function keyOf({ of, text }: EvidenceClaim): string {
  return `${of} ${text.normalize("NFKC").trim()}`;
}
