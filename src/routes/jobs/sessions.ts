import { AppError } from "../../errors.ts";
import { clientOf } from "../../http/http-context.ts";
import { cutPage, readPage } from "../../http/page.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { getJob } from "../../storage/jobs.ts";
import { ANY_JOB, listJobs } from "../../storage/list-jobs.ts";
import { summarizeSession } from "../../storage/session-jobs.ts";
import { getSessionByName } from "../../storage/sessions.ts";
import { said } from "../../words/said.ts";
import { viewListedJob } from "./job-view.ts";
import type { JOB_ROUTES } from "./routes.ts";

const MOST_BATCHES = 10;

export const SESSION_HANDLERS = {
  async get_score_session(http, { params: { session_id: sessionId }, query }) {
    const { db } = http.get("jobs");
    const { project } = http.get("caller");
    const page = readPage(query, JSON.stringify({ session: sessionId }), "job");
    const filter = { ...ANY_JOB, sessionId };
    const [{ count, means, batches }, session, found] = await Promise.all([
      summarizeSession(db, project, sessionId),
      getSessionByName(db, project, sessionId),
      listJobs(db, project, filter, page),
    ]);
    if (count === 0) {
      throw new AppError(said("not_found.session", { id: sessionId.slice(0, 100) }));
    }
    const { items, ...pages } = cutPage(http, found.jobs, page, (job) => job.id, found.searchedTo);
    const holders = await Promise.all(
      batches.slice(0, MOST_BATCHES).map((id) => getJob(db, project, id)),
    );
    const inBatches = holders.filter((job) => job !== null);
    // A conversation that was imported is in one batch, seldom in two, so they all stand on the first page.
    const jobs = [...items, ...(page.before === null ? inBatches : [])].sort((a, b) =>
      a.id < b.id ? 1 : -1,
    );
    return {
      session_id: sessionId,
      call_count: count,
      metric_means: means,
      run_id: session?.builtVersion ? session.runId : (inBatches[0]?.runId ?? null),
      jobs: jobs.map((job) => viewListedJob(job, clientOf(http))),
      ...pages,
    };
  },
} satisfies Partial<Handlers<typeof JOB_ROUTES>>;
