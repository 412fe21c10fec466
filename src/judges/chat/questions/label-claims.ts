import type { Control } from "./control-claims.ts";
import { neutralise } from "./fence.ts";

export interface Claim {
  /** `a1`, `r2`: of answer or reference, in reading order. */
  id: string;
  text: string;
}

export interface LabelledClaims {
  lines: string[];
  /** `c1` … in the order shown. */
  labels: string[];
  claimOf: ReadonlyMap<string, string>;
  controlOf: ReadonlyMap<string, Control>;
}

/**
 * Mixes control claims among the claims and numbers all alike, so that nothing tells them apart. They stand in the
 * first half: a reply that is cut off then still shows whether it can be trusted.
 */
export function labelClaims(
  claims: readonly Claim[],
  controls: readonly Control[],
  hex: string,
  firstNumber = 1,
): LabelledClaims {
  const mixed: ({ claim: Claim } | { control: Control })[] = claims.map((claim) => ({ claim }));
  const half = Math.ceil(claims.length / 2) + 1;
  controls.forEach((control, index) => {
    const draw = Number.parseInt(hex.slice(index * 2, index * 2 + 4), 16) || 0;
    mixed.splice(draw % half, 0, { control });
  });
  const lines: string[] = [];
  const labels: string[] = [];
  const claimOf = new Map<string, string>();
  const controlOf = new Map<string, Control>();
  mixed.forEach((entry, index) => {
    const label = `c${firstNumber + index}`;
    labels.push(label);
    if ("claim" in entry) claimOf.set(label, entry.claim.id);
    else controlOf.set(label, entry.control);
    const text = "claim" in entry ? neutralise(entry.claim.text) : entry.control.text;
    lines.push(`[${label}] ${text}`);
  });
  return { lines, labels, claimOf, controlOf };
}
