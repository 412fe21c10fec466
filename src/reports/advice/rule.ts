import type { Language } from "../../contract/outcome.ts";
import type { Advice, AdviceFacts } from "../../contract/report.ts";
import type { Cause } from "../../scoring/evidence.ts";
import type { MetricName } from "../../scoring/metrics/registry.ts";

/** What to say when a cause was found. The texts are ours; every number in them comes from the facts. */
export interface AdviceRule {
  cause: Cause;
  /** The metrics the cause lowers, the most telling first. */
  metrics: readonly [MetricName, ...MetricName[]];
  effort: Advice["effort"];
  words: Record<Language, AdviceWords>;
}

interface AdviceWords {
  title: string;
  finding: (facts: AdviceFacts) => string;
  /** Concrete steps, the cheapest first. */
  actions: (facts: AdviceFacts) => string[];
  /** How to see that it worked. */
  check: string;
}

/** `1 sample`, `3 samples`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** `In 3 of 40 samples`. */
export function inSamples({ affected, total }: AdviceFacts): string {
  return total === 1 ? "In this sample" : `In ${affected} of ${total} samples`;
}

/** `40 个样本中有 3 个`. */
export function inSamplesZh({ affected, total }: AdviceFacts): string {
  return total === 1 ? "该样本中" : `${total} 个样本中有 ${affected} 个`;
}
