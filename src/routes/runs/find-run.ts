import { AppError } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import { getRun, type RunSummary } from "../../storage/runs.ts";
import { said } from "../../words/said.ts";

/** The run of the path, in the caller's project. */
export async function findRun(http: Http, { run_id: id }: { run_id: string }): Promise<RunSummary> {
  const run = await getRun(http.get("jobs").db, http.get("caller").project, id);
  if (run) return run;
  throw runNotFound(id);
}

export function runNotFound(id: string): AppError {
  return new AppError(said("not_found.run", { id: id.slice(0, 100) }));
}
