/** The HTTP contract as schemas. Types are inferred from them and written nowhere else. */

export * from "./contract/delivery.ts";
export * from "./contract/job.ts";
export * from "./contract/limits.ts";
export * from "./contract/outcome.ts";
export * from "./contract/report.ts";
export * from "./contract/run.ts";
export * from "./contract/score-request.ts";
export * from "./contract/service.ts";
export * from "./contract/session.ts";
export * from "./contract/submission.ts";
