import type { Session } from "../../contract.ts";
import { AppError } from "../../errors.ts";
import { clientOf, type Http } from "../../http/http-context.ts";
import { cutPage, linkNextPage, readPage } from "../../http/page.ts";
import { readQuery } from "../../http/read-query.ts";
import { getJob } from "../../storage/jobs.ts";
import { listJobs } from "../../storage/list-jobs.ts";
import { summarizeSession } from "../../storage/session-jobs.ts";
import { getSessionByName } from "../../storage/sessions.ts";
import { said } from "../../words/said.ts";
import { PageQuery } from "../queries.ts";
import { viewListedJob } from "./job-view.ts";

const MOST_BATCHES = 10;

const NO_FILTER = {
  status: null,
  submittedBy: null,
  tag: null,
  search: null,
  fromId: null,
  toId: null,
};

/** `GET /api/score/sessions/{session_id}` */
export async function getScoreSession(http: Http): Promise<Response> {
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const sessionId = http.req.param("session_id") ?? "";
  const filterText = JSON.stringify({ session: sessionId });
  const page = readPage(readQuery(http, PageQuery), filterText, "job");
  const filter = { ...NO_FILTER, sessionId };
  const [{ count, means, batches }, session, found] = await Promise.all([
    summarizeSession(db, project, sessionId),
    getSessionByName(db, project, sessionId),
    listJobs(db, project, filter, page),
  ]);
  if (count === 0) {
    throw new AppError(said("not_found.session", { id: sessionId.slice(0, 100) }));
  }
  const { items, next_cursor, has_more } = cutPage(
    found.jobs,
    page,
    filterText,
    (job) => job.id,
    found.searchedTo,
  );
  linkNextPage(http, next_cursor);
  const holders = await Promise.all(
    batches.slice(0, MOST_BATCHES).map((id) => getJob(db, project, id)),
  );
  const inBatches = holders.filter((job) => job !== null);
  // A conversation that was imported is in one batch, seldom in two, so they all stand on the first page.
  const jobs = [...items, ...(page.before === null ? inBatches : [])].sort((a, b) =>
    a.id < b.id ? 1 : -1,
  );
  const answer: Session = {
    session_id: sessionId,
    call_count: count,
    metric_means: means,
    run_id: session?.builtVersion ? session.runId : (inBatches[0]?.runId ?? null),
    jobs: jobs.map((job) => viewListedJob(job, clientOf(http))),
    next_cursor,
    has_more,
  };
  return http.json(answer);
}
