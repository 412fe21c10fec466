import { compareRuns } from "../jobs/compare-runs.ts";
import type { Http } from "./http-context.ts";
import { CompareQuery } from "./queries.ts";
import { readQuery } from "./read-query.ts";

/** `GET /api/runs/compare?base=…&other=…` */
export async function getComparison(http: Http): Promise<Response> {
  const { base, other } = readQuery(http, CompareQuery);
  return http.json(await compareRuns(http.get("jobs"), http.get("caller").project, base, other));
}
