import { badRowsKey, getInput } from "../storage/artifacts.ts";
import type { Http } from "./http-context.ts";
import { findJob } from "./jobs.ts";

/** `GET /api/score/jobs/{id}/bad-rows`: every row of the upload that could not be read, with line and reason. */
export async function getBadRows(http: Http): Promise<Response> {
  const job = await findJob(http);
  const text =
    job.badRows === 0
      ? null
      : await getInput(http.get("jobs").bucket, badRowsKey(job.project, job.id));
  return http.body(`{"bad_rows":${text ?? "[]"}}`, 200, {
    "Content-Type": "application/json; charset=utf-8",
  });
}
