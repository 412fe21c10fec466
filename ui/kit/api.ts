import type * as z from "zod";
import { OWN_PAGE_HEADER } from "../../src/contract/own-page-header.ts";
import type { Problem, Trouble } from "../../src/contract/service.ts";
import type { ParamOf, Route } from "../../src/http/route.ts";
import type { RoutesByName } from "../../src/routes/all-routes.ts";
import { share } from "./access.ts";
import { markRequest } from "./bookmark.ts";
import { language } from "./preferences.ts";
import { noteTrouble } from "./trouble.ts";

const TIMEOUT_MS = 30_000;

/** What the server, or the way to it, refused. `problem` is null when no server answered. */
export class ApiError extends Error {
  readonly status: number | null;
  readonly problem: Problem | null;

  constructor(message: string, status: number | null, problem: Problem | null, cause?: unknown) {
    super(message, { cause });
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
  }
}

export type RouteName = keyof RoutesByName;

type If<Given, Key extends string, Value> = Given extends true
  ? { [Name in Key]: Value }
  : { [Name in Key]?: Value };

/** What a person typed stays a text, on which the server has the last word. `null` and `""`: left out. */
type QueryOf<R extends Route> = R extends { query: infer Query extends z.ZodObject }
  ? { [Key in keyof z.input<Query>]: z.output<Query>[Key & keyof z.output<Query>] | string | null }
  : Record<never, never>;

type BodyOf<R extends Route> = R extends
  | { body: infer Body extends z.ZodType }
  | { lenientBody: infer Body extends z.ZodType }
  ? z.input<Body>
  : undefined;

/** The usual answer of a route, as its declaration says. */
export type AnswerOf<R extends Route> = R["answer"] extends { body: infer Body extends z.ZodType }
  ? z.output<Body>
  : undefined;

type ParamsOf<R extends Route> = Readonly<Record<ParamOf<R["path"]>, string>>;

type Wish<R extends Route> = If<
  [ParamOf<R["path"]>] extends [never] ? false : true,
  "params",
  ParamsOf<R>
> &
  If<Record<never, never> extends QueryOf<R> ? false : true, "query", QueryOf<R>> &
  If<undefined extends BodyOf<R> ? false : true, "body", BodyOf<R>> &
  Pick<RequestInit, "signal" | "keepalive"> & {
    /** An admin of the server may mean another project; null: the caller's own. */
    project?: string | null;
  };

type WishArguments<R extends Route> = Record<never, never> extends Wish<R> ? [Wish<R>?] : [Wish<R>];

/** Any of them, as it is sent. */
interface AnyWish extends Pick<RequestInit, "signal" | "keepalive"> {
  params?: Readonly<Record<string, string>>;
  query?: object;
  body?: unknown;
  project?: string | null;
}

/** Asks a route for its JSON. Paths, queries, bodies and answers are those the server declares. */
export async function request<N extends RouteName>(
  name: N,
  ...[wish]: WishArguments<RoutesByName[N]>
): Promise<AnswerOf<RoutesByName[N]>>;
export async function request(name: RouteName, wish: AnyWish = {}): Promise<unknown> {
  const { params, query, body, project, ...init } = wish;
  const answer = await send(pathOf(name, params, query), {
    ...init,
    method: name.slice(0, name.indexOf(" ")),
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(project ? { "X-Project": project } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.status === 204 ? undefined : answer.json();
}

/** The address of a route, for links and for what is no JSON. */
export function pathOf<N extends RouteName>(
  name: N,
  params?: ParamsOf<RoutesByName[N]>,
  query?: object,
): string;
export function pathOf(
  name: RouteName,
  params: Readonly<Record<string, string>> = {},
  query: object = {},
): string {
  const path = name
    .slice(name.indexOf(" ") + 1)
    .replace(/:(\w+)/g, (_, part) => encodeURIComponent(params[part] ?? ""));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(key, String(value));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/**
 * The token for a path a share link opens: its own run and what a report needs to be read. Elsewhere a person's own
 * way in must not be mixed with somebody's link.
 */
export function shareTokenFor(path: string): string | null {
  if (share === null) return null;
  const run = pathOf("GET /api/runs/:run_id", { run_id: share.runId });
  const isOpen = path === pathOf("GET /api/metrics") || path === run || path.startsWith(`${run}/`);
  return isOpen ? share.token : null;
}

/** What an answer says of trouble is for whatever page is open. */
export async function noting<A extends { trouble?: Trouble | null }>(
  answer: Promise<A>,
): Promise<A> {
  const told = await answer;
  noteTrouble(told.trouble);
  return told;
}

/** A sample typed by hand. */
export type Submission = BodyOf<RoutesByName["POST /api/score/async"]>;

let newestRequestId: string | null = null;

/** Of the last answer: where a fault is looked for when a page breaks over what it was sent. */
export function lastRequestId(): string | null {
  return newestRequestId;
}

/** What every request of the dashboard says. */
export function ownHeaders(): Record<string, string> {
  return {
    [OWN_PAGE_HEADER.name]: OWN_PAGE_HEADER.value,
    "Accept-Language": language(),
  };
}

/** The one way to the server. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(ownHeaders())) headers.set(name, value);
  const shareToken = shareTokenFor(path.split("?", 1)[0] ?? path);
  if (shareToken !== null) headers.set("X-Share-Token", shareToken);
  const noteAnswer = markRequest(headers, init.method);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  const answer = await fetch(path, { ...init, headers, signal }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new ApiError("No answer from the server", null, null, cause);
  });
  noteAnswer(answer);
  newestRequestId = answer.headers.get("x-request-id");
  if (answer.ok) return answer;
  throw await readRefusal(answer);
}

async function readRefusal(answer: Response): Promise<ApiError> {
  const isProblem = answer.headers.get("content-type")?.includes("problem+json") ?? false;
  const problem = isProblem ? await answer.json().catch(() => null) : null;
  const known = problem as Problem | null;
  return new ApiError(known?.detail ?? answer.statusText, answer.status, known);
}
