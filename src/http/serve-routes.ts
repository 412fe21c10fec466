import type { Hono } from "hono";
import type * as z from "zod";
import { AppError } from "../errors.ts";
import { issueWords } from "../words/issue-words.ts";
import { said } from "../words/said.ts";
import type { AppEnv, Http } from "./http-context.ts";
import { readJsonBody } from "./json-body.ts";
import type { ParamOf, Route, RouteTable } from "./route.ts";

/** What a handler is given: as its route says, read and checked. */
interface Input<R extends Route> {
  params: Readonly<Record<ParamOf<R["path"]>, string>>;
  query: R extends { query: infer Query extends z.ZodObject } ? z.output<Query> : undefined;
  body: R extends { body: infer Body extends z.ZodType } ? z.output<Body> : undefined;
}

/** What it gives: the body of the usual answer, or a whole response where that is not enough. */
type Output<R extends Route> =
  | Response
  | (R["answer"] extends { body: infer Body extends z.ZodType } ? z.output<Body> : never)
  | (R["answer"]["status"] extends 204 ? undefined : never);

/** A handler for each route of the table; one that is missing does not compile. */
export type Handlers<Table extends RouteTable> = {
  readonly [Id in keyof Table]: (
    http: Http,
    input: Input<Table[Id]>,
  ) => Output<Table[Id]> | Promise<Output<Table[Id]>>;
};

/** A handler of any route: what its route reads is what it takes, which `Handlers` has made sure of. */
interface AnyHandlers {
  readonly [id: string]: {
    answer(http: Http, input: { params: object; query: unknown; body: unknown }): unknown;
  }["answer"];
}

export function serveRoutes<Table extends RouteTable>(
  app: Hono<AppEnv>,
  routes: Table,
  handlers: Handlers<Table>,
): void;
export function serveRoutes(app: Hono<AppEnv>, routes: RouteTable, handlers: AnyHandlers): void {
  for (const [id, route] of Object.entries(routes).sort(moreWrittenOut)) {
    const handler = handlers[id];
    if (handler === undefined) throw new Error(`nothing answers ${id}`);
    app.on(route.method, [route.path], async (http) => {
      const params = http.req.param();
      const query = route.query && readQuery(http, route.query);
      const body = route.body && (await readJsonBody(http, route.body, route));
      const output = await handler(http, { params, query, body });
      if (output instanceof Response) return output;
      return respond(http, route.answer.status, output);
    });
  }
}

/** The first that fits answers: `/runs/compare` before `/runs/:run_id`. */
function moreWrittenOut([, a]: [string, Route], [, b]: [string, Route]): number {
  return a.path.split(":").length - b.path.split(":").length;
}

function respond(http: Http, status: Route["answer"]["status"], output: unknown): Response {
  if (status === 101 || status === 204 || status === 304) return http.body(null, status);
  return http.json(output, status);
}

/**
 * The query parameters a schema names; one without text counts as left out, others are not looked at.
 * @throws AppError `invalid_request` that says for each what is allowed
 */
function readQuery<T extends z.ZodObject>(http: Http, schema: T): z.output<T> {
  const given = Object.keys(schema.shape).flatMap((name) => {
    const text = http.req.query(name)?.trim();
    return text ? [[name, text]] : [];
  });
  const parsed = schema.safeParse(Object.fromEntries(given), { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    const detail = said("parameter", { name, issue: issueWords(issue) });
    return { pointer: `#/${name}`, detail };
  });
  const details = errors.map(({ detail }) => detail);
  throw new AppError(said("invalid_request.fields_listed", { details }), { errors });
}
