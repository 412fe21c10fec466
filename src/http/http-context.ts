import type { Context } from "hono";
import { parseAccept } from "hono/utils/accept";
import type { Caller } from "../access/authorize.ts";
import type { RoutePolicy } from "../access/route-policy.ts";
import type { Env } from "../config.ts";
import type { JobContext } from "../jobs/context.ts";
import type { Reader } from "../words/speaker.ts";

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

/** The language a client asks for; null: it names none of ours. */
export function readerOf(http: Http): Reader {
  for (const { type, q } of parseAccept(http.req.header("accept-language") ?? "")) {
    const [language] = type.toLowerCase().split("-");
    if (language === "*") return null;
    if (q > 0 && (language === "zh" || language === "en")) return language;
  }
  return null;
}

/** What an answer about a job depends on besides the job. */
export interface Client {
  origin: string;
  reader: Reader;
}

export function clientOf(http: Http): Client {
  return { origin: originOf(http), reader: readerOf(http) };
}

/** The address the client used, for absolute links. */
export function originOf(http: Http): string {
  return new URL(http.req.url).origin;
}
