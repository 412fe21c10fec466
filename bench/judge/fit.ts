import { writeFileSync } from "node:fs";
import { FIT_PLANS, type FitPlan } from "./bags.ts";
import { type Bag, fitLogistic, type Model } from "./fit-logistic.ts";

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

/** Fits every model on every set and writes the weights the judge ships with. */
export function fitAll(dataDir: string): void {
  const models = FIT_PLANS.map((plan) => {
    const { intercept, weights } = fitPlan(plan, [...collectBags(plan, dataDir).values()].flat());
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
