import type { ModelName } from "../../src/judges/offline/linear-model.ts";
import { FIT_PLANS } from "./bags.ts";
import { collectBags, fitPlan } from "./fit.ts";
import { type Bag, dot, type Model } from "./fit-logistic.ts";
import { auroc, averagePrecision, mean } from "./statistics.ts";

/**
 * The main measure of every set under weights fitted on the other sets of its kind, by set. Where a kind has only sets
 * that need each other (halluqa and ragchecker, fintruthqa and ansrel), this is a hard test: other language, other task.
 */
export function crossValidate(dataDir: string): Map<string, number> {
  const results = new Map<string, number>();
  for (const plan of FIT_PLANS) {
    const bags = collectBags(plan, dataDir);
    for (const [set, own] of bags) {
      const others = [...bags].flatMap(([name, list]) => (name === set ? [] : list));
      for (const [suffix, value] of measure(plan.model, own, fitPlan(plan, others))) {
        results.set(`${set}${suffix}`, value);
      }
    }
  }
  return results;
}

function measure(model: ModelName, bags: readonly Bag[], fitted: Model): [string, number][] {
  const scores = bags.map(({ claims }) =>
    Math.min(...claims.map((claim) => fitted.intercept + dot(claim, fitted.weights))),
  );
  const labels = bags.map(({ label }) => label);
  if (model === "agreement") {
    // Each pair stands twice, once each way round; the intercept has no say.
    const differences = bags.map(({ claims }) => dot(claims[0] ?? [], fitted.weights));
    return [
      ["", mean(differences.flatMap((value, i) => (labels[i] === 1 ? [value > 0 ? 1 : 0] : [])))],
    ];
  }
  if (model === "passage") return rankingMeasures(bags, scores);
  const heaviest = Math.max(...bags.map(({ weight }) => weight));
  const real = bags.map((_, i) => i).filter((i) => (bags[i]?.weight ?? 0) === heaviest);
  return [
    [
      "",
      auroc(
        real.map((i) => scores[i] ?? 0),
        real.map((i) => labels[i] ?? 0),
      ),
    ],
  ];
}

function rankingMeasures(bags: readonly Bag[], scores: readonly number[]): [string, number][] {
  const groups = new Map<string, { scores: number[]; labels: number[] }>();
  bags.forEach(({ group = "", label }, i) => {
    const list = groups.get(group) ?? { scores: [], labels: [] };
    groups.set(group, list);
    list.scores.push(scores[i] ?? 0);
    list.labels.push(label);
  });
  const meanOf = (suffix: string) =>
    mean(
      [...groups]
        .filter(([name, { labels }]) => name.endsWith(suffix) && labels.includes(1))
        .map(([, list]) => averagePrecision(list.scores, list.labels)),
    );
  return [
    [" question", meanOf("question")],
    [" reference", meanOf("reference")],
  ];
}
