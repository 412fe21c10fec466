import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { audit } from "../access/audit.ts";
import { authorize, type Door, refuseUnconfigured } from "../access/authorize.ts";
import type { Caller } from "../access/caller.ts";
import { readCredentials } from "../access/credentials.ts";
import { addressOf } from "../access/key-brake.ts";
import { hasRoleFor, type RoutePolicy } from "../access/route-policy.ts";
import { refuseForeignPages } from "../access/same-origin.ts";
import { readConfiguration } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Settings } from "../settings.ts";
import { databaseOf, homeDatabase } from "../storage/databases.ts";
import { getJob } from "../storage/jobs.ts";
import { touchKey } from "../storage/keys.ts";
import { retryTransient } from "../storage/retry-transient.ts";
import { said } from "../words/said.ts";
import type { AppEnv, Http, MatchedRoute } from "./http-context.ts";

/** `last_used_at` is true to the minute: a write for every request would cost more than it tells. */
const TOUCH_EVERY_MS = 60_000;
const RATE_PERIOD_SECONDS = 60;

/** Stands before every route: who is it, may they, and did a foreign page make their browser send it. */
export function guardRoutes(
  policyOf: (name: string | null) => RoutePolicy,
): MiddlewareHandler<AppEnv> {
  return async function guardRoute(http, next) {
    const name = nameOfRoute(http);
    const policy = policyOf(name && `${name.method} ${name.path}`);
    const path = name?.path ?? "";
    http.set("route", { path, policy });
    if (policy.evenUnconfigured) return next();
    const door = openDoor(http);
    if (policy.need === "public") {
      await refuseUnconfigured(door);
      return next();
    }
    const caller = await identify(http, door, policy);
    await limitRate(policy.otlp ? http.env.TRACE_RATE : http.env.KEY_RATE, caller);
    await refuseUnallowed(http, { path, policy }, caller);
    http.set("caller", caller);
    noteUse(http, door, caller);
    await next();
    if (policy.audit !== undefined && http.res.ok) {
      const target = http.req.path.split("/")[lastParameter(path)] ?? null;
      await audit(http.get("jobs"), caller, { action: policy.audit, target });
    }
  };
}

/**
 * The same questions again, for an answer that goes on: keys are withdrawn, sessions and links end.
 * @throws AppError as the guard does
 */
export async function guardAgain(http: Http): Promise<void> {
  const route = http.get("route");
  const caller = await identify(http, openDoor(http), route.policy);
  await refuseUnallowed(http, route, caller);
}

/** Who it is on a route that lets in anybody; null: somebody not known. */
export async function callerIfAny(http: Http): Promise<Caller | null> {
  try {
    return await identify(http, openDoor(http), { need: "read" });
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function openDoor(http: Http): Door {
  const configuration = readConfiguration(http.env);
  if (!configuration.ok)
    throw new AppError(
      said("misconfigured.settings", { mistakes: configuration.mistakes.join(" ") }),
    );
  return doorOf(http, configuration.settings);
}

async function identify(http: Http, door: Door, policy: RoutePolicy): Promise<Caller> {
  const credentials = readCredentials(http.req.raw, {
    keyInQuery: policy.keyInQuery === true,
    share: policy.share === true,
  });
  const caller = await authorize(door, credentials);
  refuseForeignPages(http.req.raw, caller);
  return caller;
}

async function refuseUnallowed(
  http: Http,
  { path, policy }: MatchedRoute,
  caller: Caller,
): Promise<void> {
  if (!hasRoleFor(policy, caller)) throw refusal(policy, caller);
  refuseOtherRuns(http, path, caller);
  await refuseOthersJobs(http, path, policy, caller);
}

export function doorOf(http: Http, settings: Settings): Door {
  return {
    settings,
    db: retryTransient(homeDatabase(http.env)),
    now: Date.now(),
    askedProject: http.req.header("x-project")?.trim() || projectOfPath(http),
    address: addressOf(http.req.raw),
  };
}

/** Exporters send to an address, and cannot always set a header besides that of their key. */
function projectOfPath(http: Http): string | null {
  const [, project] = /^\/v1\/p\/([^/]+)\//.exec(http.req.path) ?? [];
  return project ?? null;
}

/** The route that will answer. Middleware stands for all methods and ends with a star, so it is never taken for one. */
function nameOfRoute(http: Http): { method: string; path: string } | null {
  const matched = matchedRoutes(http);
  return matched.find(({ method, path }) => !(method === "ALL" && path.endsWith("*"))) ?? null;
}

function refusal(policy: RoutePolicy, caller: Caller): AppError {
  if (caller.role === "share") return new AppError(said("forbidden.one_report"));
  const { role } = caller;
  return new AppError(
    policy.need === "deployment"
      ? said("forbidden.deployment_role", { role })
      : said("forbidden.role", { needed: policy.need, role }),
  );
}

/** Compared as it stands in the URL: an id needs no escapes, so an escaped one is not the shared run's. */
function refuseOtherRuns(http: Http, path: string, caller: Caller): void {
  if (caller.role !== "share" || !path.includes(":run_id")) return;
  if (segmentOf(http, path, ":run_id") === caller.sharedRunId) return;
  throw new AppError(said("forbidden.one_report"));
}

/** For `submit` the jobs of others do not exist. */
async function refuseOthersJobs(
  http: Http,
  path: string,
  policy: RoutePolicy,
  caller: Caller,
): Promise<void> {
  if (caller.role !== "submit" || policy.own !== "job") return;
  const id = segmentOf(http, path, ":id") ?? "";
  const db = retryTransient(databaseOf(http.env, caller.project));
  const job = await getJob(db, caller.project, id);
  if (job?.submittedBy === caller.id) return;
  throw new AppError(said("not_found.job", { id: id.slice(0, 100) }));
}

function segmentOf(http: Http, path: string, parameter: string): string | undefined {
  return http.req.path.split("/")[path.split("/").indexOf(parameter)];
}

function lastParameter(path: string): number {
  return path.split("/").findLastIndex((segment) => segment.startsWith(":"));
}

/** The platform counts for each location apart and lets bursts pass; quotas are the exact limit. */
async function limitRate(rate: RateLimit | undefined, caller: Caller): Promise<void> {
  if (rate === undefined || caller.via === "open") return;
  const { success } = await rate.limit({ key: `${caller.project}:${caller.id}` });
  if (success) return;
  throw new AppError(said("rate_limited.key"), {
    retryAfterSeconds: RATE_PERIOD_SECONDS,
  });
}

function noteUse(http: Http, door: Door, caller: Caller): void {
  if (caller.via !== "key" || (caller.lastUsedAt ?? 0) > door.now - TOUCH_EVERY_MS) return;
  http.executionCtx.waitUntil(touchKey(door.db, caller.id, door.now).catch(() => undefined));
}
