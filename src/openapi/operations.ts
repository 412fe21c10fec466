import { ACCESS_OPERATIONS } from "./access-operations.ts";
import { INSIGHT_OPERATIONS } from "./insight-operations.ts";
import type { Operation } from "./operation.ts";
import { RUN_OPERATIONS } from "./run-operations.ts";
import { SCORE_OPERATIONS } from "./score-operations.ts";
import { SERVICE_OPERATIONS } from "./service-operations.ts";

/** Every operation of the API; a test compares the list with the routes of `app.ts`. */
export const OPERATIONS: readonly Operation[] = [
  ...SCORE_OPERATIONS,
  ...RUN_OPERATIONS,
  ...INSIGHT_OPERATIONS,
  ...SERVICE_OPERATIONS,
  ...ACCESS_OPERATIONS,
];
