import type { MetricSummary } from "../../../src/contract/report.ts";
import type { Run } from "../../../src/contract/run.ts";
import type { MetricInfo } from "../../../src/contract/service.ts";
import { type GateRule, readRule } from "../../../src/scoring/gate-rules.ts";
import {
  type GateVerdict,
  gateVerdict,
  judgeRule,
  type RuleResult,
} from "../../../src/scoring/gate-verdict.ts";

/** `faithfulness>=0.8,noise_sensitivity<=0.2`, as it stands in the address. What is no rule is left out. */
export function readRules(text: string): GateRule[] {
  return text.split(",").flatMap((part) => {
    const found = /^([^<>=≤≥]+)(.+)$/.exec(part.trim());
    if (!found) return [];
    const [, metric = "", line = ""] = found;
    // Rules against a base run need its samples; a list only has means.
    const rule = readRule(metric.trim(), line, "higher");
    return rule?.against === "number" ? [rule] : [];
  });
}

export function writeRules(rules: readonly GateRule[]): string {
  return rules.map(({ metric, operator, limit }) => `${metric}${operator}${limit}`).join(",");
}

/** What the gate says of a run; the same verdict as `POST /api/gate` gives with these rules. */
export function judgeRun(
  run: Run,
  rules: readonly GateRule[],
  info: (metric: string) => MetricInfo | undefined,
): { verdict: GateVerdict; results: RuleResult[] } {
  const results = rules.map((rule) =>
    judgeRule(rule, summaryOf(run, rule.metric, info(rule.metric))),
  );
  return { verdict: gateVerdict(results), results };
}

/** A metric's summary from what a list knows of it: failed samples are counted in at their worst and best. */
function summaryOf(
  run: Run,
  metric: string,
  info: MetricInfo | undefined,
): MetricSummary | undefined {
  const mean = run.metric_means[metric];
  if (mean === undefined) return undefined;
  const coverage = run.coverage[metric] ?? 1;
  const [worst, best] = info?.range ?? [0, 1];
  const band: [number, number] | null =
    mean === null || coverage >= 1
      ? null
      : [coverage * mean + (1 - coverage) * worst, coverage * mean + (1 - coverage) * best];
  return {
    mean,
    interval: run.intervals[metric] ?? null,
    n: run.valid_samples,
    coverage,
    histogram: [],
    missing: {},
    band,
    ...(run.sure[metric] ? { sure: run.sure[metric] } : {}),
  };
}
