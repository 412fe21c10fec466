import type { JudgedClaim } from "../../scoring/judge.ts";
import type { Confidence } from "../../scoring/outcome.ts";

/** Mean confidence of the verdicts from which a table counts as high, as medium; measured in bench/judge/README.md. */
const HIGH = 0.8;
const MEDIUM = 0.7;

/**
 * How far the verdicts of a sample can be believed. A paraphrase leaves the judge near one half, where measurement
 * says it is near chance; null when no verdict was asked.
 */
export function trustOf(claims: readonly JudgedClaim[]): Confidence | null {
  const sure: number[] = [];
  for (const { passages, otherSupport } of claims) {
    if (passages?.ok && passages.value.confidence !== null) sure.push(passages.value.confidence);
    if (otherSupport !== undefined) sure.push(Math.max(otherSupport, 1 - otherSupport));
  }
  if (sure.length === 0) return null;
  const mean = sure.reduce((sum, value) => sum + value, 0) / sure.length;
  if (mean >= HIGH) return "high";
  return mean >= MEDIUM ? "medium" : "low";
}
