import type { Handlers } from "../../http/serve-routes.ts";
import { getBadRows } from "./bad-rows.ts";
import { getDeliveries, postRedeliver } from "./deliveries.ts";
import { getEvents } from "./events.ts";
import { deleteOneJob, getJobs, getOneJob, postCancel, postRetry } from "./jobs.ts";
import type { JOB_ROUTES } from "./routes.ts";
import { getScoreSession } from "./sessions.ts";

export const JOB_HANDLERS: Handlers<typeof JOB_ROUTES> = {
  list_jobs: getJobs,
  get_job: getOneJob,
  delete_job: deleteOneJob,
  cancel_job: postCancel,
  retry_job: postRetry,
  watch_job: getEvents,
  list_bad_rows: getBadRows,
  list_deliveries: getDeliveries,
  redeliver: postRedeliver,
  get_score_session: getScoreSession,
};
