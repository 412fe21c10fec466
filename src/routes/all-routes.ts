import type { RoutePolicy } from "../access/route-policy.ts";
import { nameOf, type RouteName } from "../http/route.ts";
import { ACCESS_ROUTES } from "./access/routes.ts";
import { CHANNEL_ROUTES } from "./channels/routes.ts";
import { EXPERIMENT_ROUTES } from "./experiments/routes.ts";
import { INSIGHT_ROUTES } from "./insight/routes.ts";
import { JOB_ROUTES } from "./jobs/routes.ts";
import { RUN_ROUTES } from "./runs/routes.ts";
import { SAMPLE_ROUTES } from "./samples/routes.ts";
import { SCORE_ROUTES } from "./score/routes.ts";
import { SERVICE_ROUTES } from "./service/routes.ts";
import { TEST_SET_ROUTES } from "./test-sets/routes.ts";
import { TRACE_ROUTES } from "./traces/routes.ts";

/** Every route of the product by the id of its operation, in the sections of the API documents. */
export const SECTIONS = {
  score: { ...SCORE_ROUTES, ...JOB_ROUTES, ...TRACE_ROUTES },
  runs: { ...RUN_ROUTES, ...SAMPLE_ROUTES, ...INSIGHT_ROUTES },
  experiments: { ...TEST_SET_ROUTES, ...EXPERIMENT_ROUTES },
  service: { ...SERVICE_ROUTES, ...CHANNEL_ROUTES, ...ACCESS_ROUTES },
};
export type Section = keyof typeof SECTIONS;

export const ROUTES = {
  ...SECTIONS.score,
  ...SECTIONS.runs,
  ...SECTIONS.experiments,
  ...SECTIONS.service,
};

/** Every route by its name, `GET /api/runs/:run_id`; for types alone, so that a page carries none of it. */
export type RoutesByName = {
  [Id in keyof typeof ROUTES as RouteName<(typeof ROUTES)[Id]>]: (typeof ROUTES)[Id];
};

const POLICIES: ReadonlyMap<string, RoutePolicy> = new Map(
  Object.values(ROUTES).map((route) => [nameOf(route), route.policy]),
);

/** Of a registered route; null: the URL leads nowhere. One that is declared nowhere is open to deployment admins only. */
export function policyOf(name: string | null): RoutePolicy {
  if (name === null) return { need: "any" };
  return POLICIES.get(name) ?? { need: "deployment" };
}
