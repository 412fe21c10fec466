import { AppError } from "../../errors.ts";
import { clientOf, type Http, readerOf } from "../../http/http-context.ts";
import { boundAt, readTag } from "../../http/list-filter.ts";
import { cutPage, readPage } from "../../http/page.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { removeJob, restartJob, stopJob } from "../../jobs/change-job.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";
import { type JobFilter, listJobs } from "../../storage/list-jobs.ts";
import { said } from "../../words/said.ts";
import { troubleOf } from "../service/trouble.ts";
import { jobEtag, viewJob, viewListedJob } from "./job-view.ts";
import type { JOB_ROUTES } from "./routes.ts";

export const JOB_HANDLERS = {
  async list_jobs(http, { query }) {
    const caller = http.get("caller");
    const filter: JobFilter = {
      status: query.status ?? null,
      sessionId: query.session_id ?? null,
      submittedBy: caller.role === "submit" ? caller.id : null,
      tag: readTag(query.tag),
      search: query.q ?? null,
      cause: query.cause ?? null,
      source: query.source ?? null,
      hasLosses: query.lost === "yes",
      bounds: query.metric
        ? { metric: query.metric, below: query.below ?? null, above: query.above ?? null }
        : null,
      fromId: boundAt("job", query.from),
      toId: boundAt("job", query.to),
    };
    const page = readPage(query, JSON.stringify(filter), "job");
    const [found, trouble] = await Promise.all([
      listJobs(http.get("jobs").db, caller.project, filter, page),
      troubleOf(http),
    ]);
    const { items, ...pages } = cutPage(http, found.jobs, page, (job) => job.id, found.searchedTo);
    return { jobs: items.map((job) => viewListedJob(job, clientOf(http))), ...pages, ...trouble };
  },

  async get_job(http, { params }) {
    const job = await findJob(http, params);
    const etag = jobEtag(job, readerOf(http));
    http.header("ETag", etag);
    http.header("Cache-Control", "no-cache");
    if (http.req.header("if-none-match") === etag) return http.body(null, 304);
    return viewJob(job, clientOf(http));
  },

  async cancel_job(http, { params }) {
    const job = await stopJob(http.get("jobs"), await findJob(http, params));
    return viewJob(job, clientOf(http));
  },

  async retry_job(http, { params }) {
    const job = await restartJob(http.get("jobs"), await findJob(http, params));
    return viewJob(job, clientOf(http));
  },

  async delete_job(http, { params }) {
    await removeJob(http.get("jobs"), await findJob(http, params));
  },
} satisfies Partial<Handlers<typeof JOB_ROUTES>>;

/** The job of the path, in the caller's project. */
export async function findJob(http: Http, { id }: { id: string }): Promise<JobRecord> {
  const job = await getJob(http.get("jobs").db, http.get("caller").project, id);
  if (job) return job;
  throw new AppError(said("not_found.job", { id: id.slice(0, 100) }));
}
