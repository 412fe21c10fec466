/** The part of the HTTP contract about what numbers mean: comparison, gate, trends, people's judgement. */

export * from "./contract/alert.ts";
export * from "./contract/comparison.ts";
export * from "./contract/gate.ts";
export * from "./contract/rescore.ts";
export * from "./contract/review.ts";
export * from "./contract/sample-points.ts";
export * from "./contract/trend.ts";
