import type { Handlers } from "../../http/serve-routes.ts";
import { compareRuns } from "../../jobs/compare-runs.ts";
import { deleteOneAlert, getAlerts, postAlert } from "./alerts.ts";
import { postGate } from "./gate.ts";
import { postRescore } from "./rescore.ts";
import { getSampleReviews, putOneReview } from "./reviews.ts";
import type { INSIGHT_ROUTES } from "./routes.ts";
import { getTrend } from "./trends.ts";

export const INSIGHT_HANDLERS: Handlers<typeof INSIGHT_ROUTES> = {
  rescore_run: postRescore,
  list_reviews: getSampleReviews,
  put_review: putOneReview,
  compare_runs: (http, { query: { base, other } }) =>
    compareRuns(http.get("jobs"), http.get("caller").project, base, other),
  check_gate: postGate,
  get_trend: getTrend,
  list_alerts: getAlerts,
  create_alert: postAlert,
  delete_alert: deleteOneAlert,
};
