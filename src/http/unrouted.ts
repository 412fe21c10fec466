import type { Hono, MiddlewareHandler } from "hono";
import type { RoutePolicy } from "../access/route-policy.ts";
import { AppError } from "../errors.ts";
import { said } from "../words/said.ts";
import { type AppEnv, type Http, originOf } from "./http-context.ts";
import { METHODS } from "./route.ts";

type App = Hono<AppEnv>;
type Route = App["routes"][number];

/** Without a key, except for what is open to all, nothing below these says even whether it is there. */
const CLOSED = /^\/(?:api|mcp)(?:\/|$)/i;

/** Answers before anybody is asked for a key where there is nothing a key could open. */
export function answerUnrouted(
  app: App,
  policyOf: (name: string) => RoutePolicy,
): MiddlewareHandler<AppEnv> {
  return async function answerUnroutedPaths(http, next) {
    const { path } = http.req;
    if (routeAt(app, methodOf(http), path) !== null) return next();
    const routes = routesAt(app, path);
    const isOpen = routes.every(
      (route) => policyOf(`${route.method} ${route.path}`).need === "public",
    );
    if (routes.length > 0 ? !isOpen : CLOSED.test(path)) return next();
    return refuseUnrouted(app, http);
  };
}

/** No route answered: because of the method, because of a slip in the address, or because nothing is there. */
export async function refuseUnrouted(app: App, http: Http): Promise<Response> {
  const { method, path } = http.req;
  const routes = routesAt(app, path);
  if (routes.length > 0) {
    const allow = allowedAt(routes);
    if (method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: allow } });
    throw new AppError(
      said("method_not_allowed.address", { path: path.slice(0, 200), allowed: allow }),
      {
        headers: { Allow: allow },
      },
    );
  }
  const place = { method, path: path.slice(0, 200) };
  const meant = findMeant(app, methodOf(http), path);
  if (meant !== null) {
    const right = `${meant.method} ${originOf(http)}${meant.path}`;
    throw new AppError(said("not_found.other_address", { ...place, right }));
  }
  if (isPageAsked(http)) return showNotFoundPage(http);
  throw new AppError(said("not_found.address", place));
}

/** Hono answers HEAD as GET. */
function methodOf(http: Http): string {
  return http.req.method === "HEAD" ? "GET" : http.req.method;
}

function routeAt(app: App, method: string, path: string): Route | null {
  const found = app.router.match(method, path)[0].map(([[, route]]) => route);
  return found.find((route) => route.method === method) ?? null;
}

function routesAt(app: App, path: string): Route[] {
  return METHODS.flatMap((method) => routeAt(app, method, path) ?? []);
}

function allowedAt(routes: readonly Route[]): string {
  const names = routes.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return [...names, "OPTIONS"].join(", ");
}

/**
 * The address that was meant: slashes doubled or at the end, blanks of a template, capitals, a prefix too many (the base
 * address ended in `/api`, or was the whole address already) or too few.
 */
function findMeant(app: App, method: string, path: string) {
  const segments = readSegments(path);
  for (let start = 0; start < segments.length; start++) {
    const rest = segments.slice(start);
    for (const meant of [rest, ["api", ...rest]]) {
      const candidate = `/${meant.join("/").toLowerCase()}`;
      const route = routeAt(app, method, candidate) ?? routesAt(app, candidate)[0];
      if (route === undefined) continue;
      // Ids keep their capitals.
      const names = route.path.split("/").slice(1);
      const kept = names.map((name, at) => (name.startsWith(":") ? meant[at] : name));
      return { method: route.method, path: `/${kept.join("/")}` };
    }
  }
  return null;
}

/** Empty for what is no text, or names something that is no id. */
function readSegments(path: string): string[] {
  try {
    const segments = path.split("/").map((segment) => decodeURIComponent(segment).trim());
    const named = segments.filter((segment) => segment !== "");
    return named.length <= 12 && named.every((segment) => /^[\w.-]{1,100}$/.test(segment))
      ? named
      : [];
  } catch {
    return [];
  }
}

/** A person in a browser; machines look for files by names with a dot. */
function isPageAsked(http: Http): boolean {
  const wantsPage = http.req.header("accept")?.includes("text/html") === true;
  const isFile = /\.|^\/(?:assets|\/)/.test(http.req.path);
  return wantsPage && methodOf(http) === "GET" && !CLOSED.test(http.req.path) && !isFile;
}

/** The dashboard, which says in the reader's language that it has no such page. */
async function showNotFoundPage(http: Http): Promise<Response> {
  const page = await http.env.ASSETS.fetch(new URL("/", http.req.url));
  const headers = new Headers(page.headers);
  headers.delete("ETag");
  return new Response(page.body, { status: 404, headers });
}
