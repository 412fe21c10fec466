import { AppError } from "../errors.ts";
import { compareRuns } from "../jobs/compare-runs.ts";
import type { Http } from "./http-context.ts";

/** `GET /api/runs/compare?base=…&other=…` */
export async function getComparison(http: Http): Promise<Response> {
  const { project } = http.get("caller");
  const [base, other] = [readRunId(http, "base"), readRunId(http, "other")];
  return http.json(await compareRuns(http.get("jobs"), project, base, other));
}

function readRunId(http: Http, name: string): string {
  const id = http.req.query(name)?.trim();
  if (id) return id;
  throw new AppError("invalid_request", `\`${name}\` must be the id of a run.`, {
    errors: [{ pointer: `#/${name}`, detail: "Missing." }],
  });
}
