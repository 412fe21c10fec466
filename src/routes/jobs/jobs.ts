import { AppError } from "../../errors.ts";
import { clientOf, type Http, readerOf } from "../../http/http-context.ts";
import { cutPage, linkNextPage, readPage } from "../../http/page.ts";
import { readQuery } from "../../http/read-query.ts";
import { removeJob, restartJob, stopJob } from "../../jobs/change-job.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";
import { type JobFilter, listJobs } from "../../storage/list-jobs.ts";
import { said } from "../../words/said.ts";
import { boundAt, readTag } from "../list-filter.ts";
import { JobsQuery } from "../queries.ts";
import { jobEtag, viewJob, viewListedJob } from "./job-view.ts";

/** `GET /api/score/jobs` */
export async function getJobs(http: Http): Promise<Response> {
  const query = readQuery(http, JobsQuery);
  const caller = http.get("caller");
  const filter: JobFilter = {
    status: query.status ?? null,
    sessionId: query.session_id ?? null,
    submittedBy: caller.role === "submit" ? caller.id : null,
    tag: readTag(query.tag),
    search: query.q ?? null,
    fromId: boundAt("job", query.from),
    toId: boundAt("job", query.to),
  };
  const filterText = JSON.stringify(filter);
  const page = readPage(query, filterText, "job");
  const found = await listJobs(http.get("jobs").db, caller.project, filter, page);
  const { items, next_cursor, has_more } = cutPage(
    found.jobs,
    page,
    filterText,
    (job) => job.id,
    found.searchedTo,
  );
  linkNextPage(http, next_cursor);
  return http.json({
    jobs: items.map((job) => viewListedJob(job, clientOf(http))),
    next_cursor,
    has_more,
  });
}

/** `GET /api/score/jobs/{id}` */
export async function getOneJob(http: Http): Promise<Response> {
  const job = await findJob(http);
  const etag = jobEtag(job, readerOf(http));
  http.header("ETag", etag);
  http.header("Cache-Control", "no-cache");
  if (http.req.header("if-none-match") === etag) return http.body(null, 304);
  return http.json(viewJob(job, clientOf(http)));
}

/** `POST /api/score/jobs/{id}/cancel` */
export async function postCancel(http: Http): Promise<Response> {
  return http.json(viewJob(await stopJob(http.get("jobs"), await findJob(http)), clientOf(http)));
}

/** `POST /api/score/jobs/{id}/retry` */
export async function postRetry(http: Http): Promise<Response> {
  return http.json(
    viewJob(await restartJob(http.get("jobs"), await findJob(http)), clientOf(http)),
    202,
  );
}

/** `DELETE /api/score/jobs/{id}` */
export async function deleteOneJob(http: Http): Promise<Response> {
  await removeJob(http.get("jobs"), await findJob(http));
  return http.body(null, 204);
}

/** The job of the path, in the caller's project. */
export async function findJob(http: Http): Promise<JobRecord> {
  const id = http.req.param("id") ?? "";
  const job = await getJob(http.get("jobs").db, http.get("caller").project, id);
  if (job) return job;
  throw new AppError(said("not_found.job", { id: id.slice(0, 100) }));
}
