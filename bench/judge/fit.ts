import { writeFileSync } from "node:fs";
import { measureAgreement } from "../../src/judges/offline/agreement.ts";
import { FIT_PLANS, type FitPlan } from "./bags.ts";
import { type Bag, dot, fitLogistic, type Model } from "./fit-logistic.ts";
import { readPairs } from "./rows.ts";

const NOTE =
  "Written by `node bench/judge/fit.ts` from the labelled development rows: L2-regularised, sign-constrained logistic " +
  "regression, every set with the same total weight. See bench/judge/README.md.";

/** Bags of every set of a plan, each set with total weight 1, so that a large set does not outvote a small one. */
export function collectBags(plan: FitPlan, dataDir: string): Map<string, Bag[]> {
  return new Map(
    plan.sets.map((set) => {
      const bags = plan.bagsOf(dataDir, set);
      const total = bags.reduce((sum, { weight }) => sum + weight, 0);
      return [set, bags.map((bag) => ({ ...bag, weight: bag.weight / total }))] as const;
    }),
  );
}

export function fitPlan(plan: FitPlan, bags: readonly Bag[]): Model {
  return fitLogistic(bags, {
    penalty: plan.penalty,
    signs: plan.features.map(plan.signOf),
    priors: plan.features.map((feature) => plan.priors?.[feature] ?? 0),
  });
}

/**
 * Pairs tell weights but no level: a right and a wrong answer to the same question set slope and intercept, so that the
 * agreement model gives a probability. Only the set whose worse answers are plain wrong can tell (halluqa).
 */
function calibrateAgreement(model: Model, dataDir: string): Model {
  const bags = readPairs(dataDir, "halluqa_zh").flatMap(({ better, worse }) =>
    [better, worse].map((side, i) => ({
      claims: [
        [dot(measureAgreement(side.question, side.answer, side.ground_truth ?? ""), model.weights)],
      ],
      label: i === 0 ? 1 : 0,
      weight: 1,
    })),
  );
  const { intercept, weights } = fitLogistic(bags, { penalty: 0.001, signs: [1] });
  const slope = weights[0] ?? 1;
  return { intercept, weights: model.weights.map((weight) => weight * slope) };
}

/** Fits every model on every set and writes the weights the judge ships with. */
function fitAll(dataDir: string): void {
  const models = FIT_PLANS.map((plan) => {
    const fitted = fitPlan(plan, [...collectBags(plan, dataDir).values()].flat());
    const { intercept, weights } =
      plan.model === "agreement" ? calibrateAgreement(fitted, dataDir) : fitted;
    const named = plan.features.map((feature, i) => [feature, tidy(weights[i] ?? 0)] as const);
    return [
      plan.model,
      { intercept: tidy(intercept), weights: Object.fromEntries(named) },
    ] as const;
  });
  writeFileSync(
    new URL("../../src/judges/offline/weights.json", import.meta.url),
    `${JSON.stringify({ note: NOTE, ...Object.fromEntries(models) }, null, 2)}\n`,
  );
}

function tidy(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}

if (import.meta.main) {
  fitAll(process.argv[2] ?? new URL("../../../shared/data", import.meta.url).pathname);
}
