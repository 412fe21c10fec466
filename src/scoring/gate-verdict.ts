import type { MetricSummary } from "../contract/report.ts";
import type { MetricComparison } from "./compare-metric.ts";
import type { GateRule } from "./gate-rules.ts";
import { GATE_WORDS, type GateWords } from "./gate-words.ts";

export type GateVerdict = "pass" | "fail" | "inconclusive";

export interface RuleResult {
  rule: GateRule;
  verdict: GateVerdict;
  /** The mean; for rules against the base the paired difference. */
  value: number | null;
  interval: [number, number] | null;
  n: number;
  /** Why the verdict is what it is, in one sentence. */
  reason: string;
}

/**
 * A rule against a number. One sample is what it is: its value decides. With more samples the 95 % interval of the mean
 * must lie on one side of the line, widened by what failed samples could change; else nothing is proven.
 */
export function judgeRule(
  rule: GateRule,
  summary: MetricSummary | undefined,
  words: GateWords = GATE_WORDS.en,
): RuleResult {
  const { metric, text } = rule;
  if (!summary || summary.mean === null) {
    return result(rule, "inconclusive", null, null, 0, words.noValue(metric));
  }
  const { mean, n, band, sure } = summary;
  const interval = widen(summary.interval, band) ?? [mean, mean];
  const verdict = sideOf(rule, interval);
  const isOne = n === 1 && !band;
  const shown = isOne
    ? words.one(metric, show(mean))
    : words.mean(metric, show(mean), showRange(interval, words), n);
  const say = { pass: words.pass, fail: words.fail, inconclusive: words.open }[verdict];
  const judged = result(rule, verdict, mean, isOne ? null : interval, n, say(shown, text));
  if (!sure) return judged;
  const without = sure.mean === null ? null : (sure.interval ?? [sure.mean, sure.mean]);
  const isBorneOut = without !== null && sideOf(rule, without) === verdict;
  return isBorneOut ? judged : doubt(judged, words.unsure(shown, sure.low, n));
}

/** What holds only as long as numbers of low confidence are believed is not proven. */
function doubt(judged: RuleResult, reason: string): RuleResult {
  if (judged.verdict === "inconclusive") return judged;
  return { ...judged, verdict: "inconclusive", reason };
}

/**
 * A rule against the base run, by pairs of the same sample. It fails when the run is proven worse beyond the allowance
 * (interval and sign-flip test), and passes when it is proven not to be; `>= base` without allowance passes unless
 * worse is proven, because no number of samples could prove that nothing at all was lost.
 */
export function judgeAgainstBase(
  rule: GateRule,
  compared: MetricComparison,
  /** The same without pairs in which a number is of low confidence; null: there are none. */
  sure: MetricComparison | null = null,
  words: GateWords = GATE_WORDS.en,
): RuleResult {
  const judged = judgePairs(rule, compared, words);
  if (sure === null || judgePairs(rule, sure, words).verdict === judged.verdict) return judged;
  const { mean, interval, n } = compared;
  const shown = words.moved(
    rule.metric,
    showSigned(mean ?? 0),
    showRange(interval ?? [0, 0], words),
    n,
  );
  return doubt(judged, words.unsure(shown, n - sure.n, n));
}

function judgePairs(rule: GateRule, compared: MetricComparison, words: GateWords): RuleResult {
  const { metric, limit, operator, text } = rule;
  const { n, mean, interval, verdict: clarity } = compared;
  if (mean === null || interval === null || clarity === "too_few_samples") {
    return result(rule, "inconclusive", mean, interval, n, words.fewPairs(metric, n));
  }
  const sign = operator.startsWith(">") ? 1 : -1;
  const [worst, best] = sign === 1 ? interval : [-interval[1], -interval[0]];
  const isWorse = clarity === "real" && best < -limit;
  const isProven = limit === 0 || worst >= -limit;
  const verdict = isWorse ? "fail" : isProven ? "pass" : "inconclusive";
  const shown = words.moved(metric, showSigned(mean), showRange(interval, words), n);
  const said = {
    pass: words.pass(shown, text),
    fail: words.worse(shown, limit === 0 ? null : show(limit)),
    inconclusive: words.openLoss(shown, show(limit)),
  };
  return result(rule, verdict, mean, interval, n, said[verdict]);
}

/** One failed rule fails the gate; else one open rule leaves it open. Without rules nothing is proven. */
export function gateVerdict(results: readonly RuleResult[]): GateVerdict {
  if (results.some(({ verdict }) => verdict === "fail")) return "fail";
  const isOpen = results.length === 0 || results.some(({ verdict }) => verdict === "inconclusive");
  return isOpen ? "inconclusive" : "pass";
}

function result(
  rule: GateRule,
  verdict: GateVerdict,
  value: number | null,
  interval: [number, number] | null,
  n: number,
  reason: string,
): RuleResult {
  return { rule, verdict, value, interval, n, reason };
}

function widen(
  interval: readonly [number, number] | null,
  band: readonly [number, number] | null,
): [number, number] | null {
  if (!interval) return band ? [band[0], band[1]] : null;
  if (!band) return [interval[0], interval[1]];
  return [Math.min(interval[0], band[0]), Math.max(interval[1], band[1])];
}

function sideOf({ operator, limit }: GateRule, [low, high]: readonly [number, number]) {
  const holds = (value: number) => {
    if (operator === ">=") return value >= limit;
    if (operator === ">") return value > limit;
    return operator === "<=" ? value <= limit : value < limit;
  };
  const [atLow, atHigh] = [holds(low), holds(high)];
  if (atLow && atHigh) return "pass";
  return !atLow && !atHigh ? "fail" : "inconclusive";
}

function show(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function showSigned(value: number): string {
  return `${value > 0 ? "+" : ""}${show(value)}`;
}

function showRange([low, high]: readonly [number, number], words: GateWords): string {
  return words.range(show(low), show(high));
}
