import { JobStatus } from "../contract.ts";
import { AppError } from "../errors.ts";
import { removeJob, restartJob, stopJob } from "../jobs/change-job.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { getJob } from "../storage/jobs.ts";
import { type JobFilter, listJobs } from "../storage/list-jobs.ts";
import { type Http, originOf } from "./http-context.ts";
import { jobEtag, viewJob, viewListedJob } from "./job-view.ts";
import { readTag, readTime } from "./list-filter.ts";
import { cutPage, linkNextPage, readPage } from "./page.ts";

/** `GET /api/score/jobs` */
export async function getJobs(http: Http): Promise<Response> {
  const filter = readFilter(http);
  const filterText = JSON.stringify(filter);
  const page = readPage(http, filterText);
  const found = await listJobs(http.get("jobs").db, http.get("caller").project, filter, page);
  const { items, next_cursor, has_more } = cutPage(
    found.jobs,
    page,
    filterText,
    (job) => job.id,
    found.searchedTo,
  );
  linkNextPage(http, next_cursor);
  return http.json({
    jobs: items.map((job) => viewListedJob(job, originOf(http))),
    next_cursor,
    has_more,
  });
}

/** `GET /api/score/jobs/{id}` */
export async function getOneJob(http: Http): Promise<Response> {
  const job = await findJob(http);
  const etag = jobEtag(job);
  http.header("ETag", etag);
  http.header("Cache-Control", "no-cache");
  if (http.req.header("if-none-match") === etag) return http.body(null, 304);
  return http.json(viewJob(job, originOf(http)));
}

/** `POST /api/score/jobs/{id}/cancel` */
export async function postCancel(http: Http): Promise<Response> {
  return http.json(viewJob(await stopJob(http.get("jobs"), await findJob(http)), originOf(http)));
}

/** `POST /api/score/jobs/{id}/retry` */
export async function postRetry(http: Http): Promise<Response> {
  return http.json(
    viewJob(await restartJob(http.get("jobs"), await findJob(http)), originOf(http)),
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
  throw new AppError("not_found", `Score job not found: ${id.slice(0, 100)}`);
}

function readFilter(http: Http): JobFilter {
  const query = (name: string) => http.req.query(name)?.trim() || null;
  const tag = query("tag");
  const caller = http.get("caller");
  return {
    status: readStatus(query("status")),
    sessionId: query("session_id"),
    submittedBy: caller.role === "submit" ? caller.id : null,
    tag: tag === null ? null : readTag(tag),
    search: query("q")?.slice(0, 200) ?? null,
    fromId: readTime("job", query("from"), "from"),
    toId: readTime("job", query("to"), "to"),
  };
}

function readStatus(text: string | null): JobStatus | null {
  if (text === null) return null;
  const status = JobStatus.safeParse(text);
  if (status.success) return status.data;
  throw new AppError(
    "invalid_request",
    `\`status\` must be one of: ${JobStatus.options.join(", ")}.`,
    {
      errors: [{ pointer: "#/status", detail: "Not a status." }],
    },
  );
}
