import { diagnose } from "../../scoring/diagnose.ts";
import type { Evidence } from "../../scoring/evidence.ts";
import { hasLongTexts } from "../../scoring/long-texts.ts";
import { measureInSteps } from "../../scoring/measure.ts";
import { METRIC_CATALOGUE } from "../../scoring/metrics/registry.ts";
import { missingForRescore } from "../../scoring/missing-for-rescore.ts";
import type { Outcome } from "../../scoring/outcome.ts";
import { failed } from "../../scoring/outcomes.ts";
import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { weigh } from "../../scoring/weigh.ts";

export interface Rescored {
  outcomes: Record<string, Outcome>;
  scores: Record<string, number | null>;
  weightedScore: number | null;
  evidence: Evidence;
}

/** Metrics that read words, not judgements: where no texts are kept they cannot be computed again. */
const READ_TEXTS: ReadonlySet<string> = new Set([
  ...METRIC_CATALOGUE.filter(({ family }) => family === "text").map(({ name }) => name),
  "context_entity_recall",
  "citation_accuracy",
]);

/**
 * The numbers of one sample again, from its evidence alone. `known` are the outcomes it had; where the project keeps
 * no texts they stand in for metrics that read words. null: such a metric was never measured, and cannot be now.
 */
export function rescoreSample(
  stored: Evidence,
  metrics: readonly string[],
  known: Readonly<Record<string, Outcome>>,
): Rescored | null {
  return runAtOnce(rescoreInSteps(stored, metrics, known));
}

/** The same for a sample of long texts. */
export function* rescoreInSteps(
  stored: Evidence,
  metrics: readonly string[],
  known: Readonly<Record<string, Outcome>>,
): Steps<Rescored | null> {
  const isMasked = keepsNoTexts(stored);
  const again = metrics.filter((metric) => !(isMasked && READ_TEXTS.has(metric)));
  const kept = metrics.filter((metric) => isMasked && READ_TEXTS.has(metric));
  if (kept.some((metric) => known[metric] === undefined)) return null;
  const measured = {
    ...(yield* measureInSteps(stored, again)),
    ...findNotAsked(stored, again, known),
  };
  const outcomes = Object.fromEntries(
    metrics.flatMap((metric) => {
      const outcome = measured[metric] ?? known[metric];
      return outcome ? [[metric, outcome] as const] : [];
    }),
  );
  if (hasLongTexts(stored)) yield;
  const evidence = { ...stored, cause: diagnose(stored, outcomes) };
  const { scores, weightedScore } = weigh(outcomes);
  return { outcomes, scores, weightedScore, evidence };
}

/** What a metric that was not scored before would read, and the judge was never asked. */
function findNotAsked(
  stored: Evidence,
  metrics: readonly string[],
  known: Readonly<Record<string, Outcome>>,
): Record<string, Outcome> {
  if (stored.small_talk) return {};
  return Object.fromEntries(
    missingForRescore(stored, metrics)
      .filter((metric) => known[metric] === undefined || known[metric].reason === "not_asked")
      .map((metric) => [metric, failed("not_asked", stored.method)]),
  );
}

/** Dots stand where texts were. */
function keepsNoTexts({ question, answer }: Evidence): boolean {
  return /^·+$/.test(question) && /^·*$/.test(answer.text);
}
