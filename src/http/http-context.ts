import type { Context } from "hono";
import type { Caller } from "../access/authorize.ts";
import type { RoutePolicy } from "../access/route-policy.ts";
import type { Env } from "../config.ts";
import type { JobContext } from "../jobs/context.ts";

/** What every handler finds on its request. */
export interface AppEnv {
  Bindings: Env;
  Variables: { jobs: JobContext; caller: Caller; route: MatchedRoute; requestId: string };
}

/** The route that answers. */
export interface MatchedRoute {
  path: string;
  policy: RoutePolicy;
}

export type Http = Context<AppEnv>;

/** The address the client used, for absolute links. */
export function originOf(http: Http): string {
  return new URL(http.req.url).origin;
}
