import type { Http } from "../../http/http-context.ts";
import { readQuery } from "../../http/read-query.ts";
import { compareRuns } from "../../jobs/compare-runs.ts";
import { CompareQuery } from "../queries.ts";

/** `GET /api/runs/compare?base=…&other=…` */
export async function getComparison(http: Http): Promise<Response> {
  const { base, other } = readQuery(http, CompareQuery);
  return http.json(await compareRuns(http.get("jobs"), http.get("caller").project, base, other));
}
