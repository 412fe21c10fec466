import type { ContextPrecisionMode } from "../contract/score-request.ts";
import { CRITERION_PREFIX } from "../criterion-metric.ts";
import { secondOpinion, widenOutcomes } from "./consistency/second-opinion.ts";
import type { Evidence } from "./evidence.ts";
import { hasLongTexts } from "./long-texts.ts";
import { isMetricName, METRICS } from "./metrics/registry.ts";
import { measureCriterion } from "./metrics/relevancy.ts";
import type { Scene } from "./metrics/settle.ts";
import { readTable } from "./metrics/table.ts";
import type { Outcome } from "./outcome.ts";
import { failed, notApplicable } from "./outcomes.ts";
import { runAtOnce, type Steps } from "./steps.ts";

export interface MeasureOptions {
  /**
   * `ragas`: Ragas' own value where ours is the corrected one; `deviation` in the catalogue says where. Default: as
   * the evidence was asked for.
   */
  compat?: "ragas";
  /** Default: as the evidence was asked for. `claims` needs no further judging; `usefulness` must have been asked. */
  contextPrecisionMode?: ContextPrecisionMode;
}

/**
 * The metrics of one sample from its evidence alone: no judge, no other input, so the same evidence always gives the
 * same numbers. A custom criterion is named `criterion:<name>`. The value is that of the judge's first verdicts; where
 * it said something else when asked again, the interval reaches to the value that would have.
 * @throws RangeError for a metric that does not exist
 */
export function measure(
  evidence: Evidence,
  metrics: readonly string[],
  options: MeasureOptions = {},
): Record<string, Outcome> {
  return runAtOnce(measureInSteps(evidence, metrics, options));
}

/** The same for evidence of long texts. */
export function* measureInSteps(
  evidence: Evidence,
  metrics: readonly string[],
  options: MeasureOptions = {},
): Steps<Record<string, Outcome>> {
  const first = yield* measureAsJudged(evidence, metrics, options);
  const second = secondOpinion(evidence);
  return second ? widenOutcomes(first, yield* measureAsJudged(second, metrics, options)) : first;
}

function* measureAsJudged(
  evidence: Evidence,
  metrics: readonly string[],
  options: MeasureOptions,
): Steps<Record<string, Outcome>> {
  const compat = options.compat ?? evidence.compat ?? null;
  const table = readTable(evidence, evidence.method !== "llm" && compat === null);
  const scene: Scene = {
    evidence: options.contextPrecisionMode === "claims" ? withoutUsefulness(evidence) : evidence,
    table,
    compat,
  };
  const isLong = hasLongTexts(evidence);
  const outcomes: [string, Outcome][] = [];
  for (const metric of metrics) {
    outcomes.push([metric, guard(yield* measureOne(scene, metric))]);
    if (isLong) yield;
  }
  return Object.fromEntries(outcomes);
}

function* measureOne(scene: Scene, metric: string): Steps<Outcome> {
  if (isMetricName(metric)) {
    const { small_talk, method } = scene.evidence;
    if (small_talk) return notApplicable("small_talk", method);
    const outcome = METRICS[metric].measure(scene);
    return "next" in outcome ? yield* outcome : outcome;
  }
  if (metric.startsWith(CRITERION_PREFIX)) {
    return measureCriterion(scene.evidence, metric.slice(CRITERION_PREFIX.length));
  }
  throw new RangeError(`There is no metric named ${JSON.stringify(metric)}.`);
}

function withoutUsefulness(evidence: Evidence): Evidence {
  const { usefulness: _flags, failures, ...rest } = evidence;
  const { usefulness: _failure, ...others } = failures;
  return { ...rest, failures: others };
}

/** The last door: whatever a formula or damaged evidence does, nothing leaves that is not a number in 0..1. */
function guard(outcome: Outcome): Outcome {
  if (outcome.status !== "scored") return outcome;
  const numbers = [outcome.value, ...(outcome.interval ?? [])];
  const isSound = numbers.every((number) => number !== null && number >= 0 && number <= 1);
  return isSound ? outcome : failed("judge_error", outcome.method);
}
