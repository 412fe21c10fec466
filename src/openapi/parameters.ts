import * as z from "zod";
import { BOOKMARK_HEADER } from "../contract/bookmark-header.ts";
import type { ParamOf, Route } from "../http/route.ts";
import type { ROUTES } from "../routes/all-routes.ts";

export interface DescribedParameter {
  name: string;
  in: "path" | "header" | "query";
  description: string;
  required: boolean;
  schema: object;
}

type Routes = typeof ROUTES;

/** What stands in a path means the same in every path. */
const IN_PATH: Readonly<Record<ParamOf<Routes[keyof Routes]["path"]>, string>> = {
  id: "Id of the job, `job_…`.",
  delivery_id: "Id of the delivery, `msg_…`.",
  session_id: "The `session_id` of its calls.",
  run_id: "Id of the run, `run_…`.",
  sample_id: "Id of the sample in the run.",
  name: "Name of the artifact.",
  alert_id: "Id of the rule, `alert_…`.",
  test_set_id: "Id of the test set, `set_…`.",
  target_id: "Id of the connected app, `tgt_…`.",
  schedule_id: "Id of the schedule, `sch_…`.",
  experiment_id: "Id of the experiment, `exp_…`.",
  channel_id: "Id of the channel, `chn_…`.",
  key_id: "Id of the key.",
  project: "Name of the project.",
  share_id: "Id of the link.",
};

const QuerySchema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ description: z.string().default("") })),
  required: z.array(z.string()).default([]),
});

/** All parameters of a route; those of the query are what the server reads them with. */
export function parametersOf(route: Route): DescribedParameter[] {
  const { path, headers = {}, query = route.lenientQuery } = route;
  const named = Object.entries(IN_PATH).flatMap(([name, description]) =>
    path.includes(`{${name}}`)
      ? [{ name, in: "path" as const, description, required: true, schema: { type: "string" } }]
      : [],
  );
  const inHeaders = Object.entries(isMarked(route) ? { ...headers, ...BOOKMARK } : headers).map(
    ([name, description]) => ({
      name,
      in: "header" as const,
      description,
      required: false,
      schema: { type: "string" },
    }),
  );
  return [...named, ...inHeaders, ...(query ? describeQuery(query) : [])];
}

const BOOKMARK = {
  [BOOKMARK_HEADER]:
    "Reads from the nearest copy of the database. First `first-primary`, then what the answer before gave: your own changes are seen.",
};

/** Lists, reports and trends: what may be read from a copy. */
function isMarked({ method, policy }: Route): boolean {
  return method === "GET" && policy.need === "read" && policy.own !== "job";
}

function describeQuery(query: z.ZodObject): DescribedParameter[] {
  const { properties, required } = QuerySchema.parse(z.toJSONSchema(query, { io: "input" }));
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    description,
    required: required.includes(name),
    schema,
  }));
}
