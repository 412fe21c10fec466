import type * as z from "zod";
import type { RoutePolicy } from "../access/route-policy.ts";

/** In the order `Allow` names them. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export interface Answer {
  status: 101 | 200 | 201 | 202 | 204 | 206 | 304;
  description: string;
  /** What the JSON holds. */
  body?: z.ZodType;
  /** Content type of what is no JSON. */
  type?: string;
  /** What it is besides, on request. */
  alsoType?: string;
}

/**
 * All that is said of a route, in one place: the app, the guard, the API documents, the reference, the tests' access
 * matrix and the dashboard's client read it. What answers it is a handler under the same id.
 */
export interface Route {
  method: (typeof METHODS)[number];
  /** Names of its parts begin with a colon. */
  path: `/${string}`;
  policy: RoutePolicy;
  /** What it does, a sentence without its full stop, in both languages. */
  en: string;
  zh: string;
  /** Headers a client may send, and what each does. */
  headers?: Readonly<Record<string, string>>;
  /** Read and checked before the handler is called. */
  query?: z.ZodObject;
  /** The query as people should write it, where intake reads it. */
  lenientQuery?: z.ZodObject;
  /** A JSON body, read and checked before the handler is called. */
  body?: z.ZodType;
  /** Nothing at all counts as `{}`. */
  isBodyOptional?: true;
  mostBodyBytes?: number;
  /** The body as people should write it. Intake reads it, and understands much more; `upload` is a file of samples. */
  lenientBody?: z.ZodType | "upload";
  answer: Answer;
  /** Further answers that are no problem. */
  also?: readonly Answer[];
  /** Statuses of problem answers besides those its parts (path, query, body) come to. */
  problems?: readonly number[];
}

/** Routes by operation id. */
export type RouteTable = Readonly<Record<string, Route>>;

/** Names of the parts of a path. */
export type ParamOf<Path extends string> = Path extends `${string}/:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | ParamOf<`/${More}`>
    : Rest
  : never;

/** `GET /api/runs/:run_id`, the same for the router, the guard, the tests and the dashboard. */
export type RouteName<R extends Pick<Route, "method" | "path">> = R extends Route
  ? `${R["method"]} ${R["path"]}`
  : never;

export function nameOf({ method, path }: Pick<Route, "method" | "path">): string {
  return `${method} ${path}`;
}
