import type { EvidenceClaim } from "../../../src/scoring/evidence.ts";
import type { IconName } from "../../kit/icon.tsx";

/** A verdict as shown: what could not be judged is a fourth kind, never one of the three. */
export type ShownVerdict = "supported" | "contradicted" | "unsupported" | "unjudged";

/** Colour, underline and icon each say it alone. */
export const VERDICT_LOOKS: Record<ShownVerdict, { icon: IconName; text: string; cell: string }> = {
  supported: { icon: "check", text: "text-good", cell: "bg-good-wash text-good" },
  contradicted: { icon: "cross", text: "text-bad", cell: "bg-bad-wash text-bad" },
  unsupported: { icon: "question", text: "text-warn", cell: "bg-warn-wash text-warn" },
  unjudged: { icon: "dash", text: "text-faint", cell: "bg-raised text-faint" },
};

const WORST_FIRST: readonly ShownVerdict[] = [
  "contradicted",
  "unsupported",
  "unjudged",
  "supported",
];

export function shownVerdict(claim: EvidenceClaim): ShownVerdict {
  return claim.verdict ?? "unjudged";
}

/** Several claims may stand in one sentence; the sentence is as good as its weakest. */
export function worstVerdict(claims: readonly EvidenceClaim[]): ShownVerdict {
  const verdicts = new Set(claims.map(shownVerdict));
  return WORST_FIRST.find((verdict) => verdicts.has(verdict)) ?? "unjudged";
}
