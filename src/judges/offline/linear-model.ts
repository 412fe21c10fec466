import weights from "./weights.json" with { type: "json" };

/** Names of the fitted models in `weights.json`; how they were fitted stands in its note and in bench/judge. */
export type ModelName = "support" | "shortAnswer" | "agreement" | "passage" | "relevancy";

export interface LinearModel {
  intercept: number;
  /** In the order of the feature list. */
  weights: readonly number[];
}

/** The fitted weights of a model in the order of its features; throws when a feature has none. */
export function loadModel(name: ModelName, features: readonly string[]): LinearModel {
  const { intercept, weights: named } = weights[name];
  const known = new Map<string, number>(Object.entries(named));
  return {
    intercept,
    weights: features.map((feature) => {
      const weight = known.get(feature);
      if (weight === undefined) throw new Error(`weights.json has no weight ${name}.${feature}`);
      return weight;
    }),
  };
}

/** Weighted sum in a fixed order, so that every engine gives the same last digit. */
function sumFeatures(model: LinearModel, features: readonly number[]): number {
  let sum = model.intercept;
  for (let i = 0; i < features.length; i++) sum += (model.weights[i] ?? 0) * (features[i] ?? 0);
  return sum;
}

/** Logistic probability 0..1, four decimals: what lies below is not measured. */
export function probabilityOf(model: LinearModel, features: readonly number[]): number {
  return round(1 / (1 + Math.exp(-sumFeatures(model, features))));
}

/** Four decimals. */
export function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
