import type { Handlers } from "../http/serve-routes.ts";
import { AUDIT_HANDLERS } from "./access/audit.ts";
import { KEY_HANDLERS } from "./access/keys.ts";
import { PROJECT_HANDLERS } from "./access/projects.ts";
import { SIGN_IN_HANDLERS } from "./access/sign-in.ts";
import { JUDGE_TEST_HANDLERS, WEBHOOK_TEST_HANDLERS } from "./access/test-settings.ts";
import type { ROUTES } from "./all-routes.ts";
import { CHANNEL_HANDLERS } from "./channels/channels.ts";
import { EXPERIMENT_HANDLERS } from "./experiments/experiments.ts";
import { SCHEDULE_HANDLERS } from "./experiments/schedules.ts";
import { TARGET_HANDLERS } from "./experiments/targets.ts";
import { ALERT_HANDLERS } from "./insight/alerts.ts";
import { GATE_HANDLERS } from "./insight/gate.ts";
import { TREND_HANDLERS } from "./insight/trends.ts";
import { BAD_ROW_HANDLERS } from "./jobs/bad-rows.ts";
import { DELIVERY_HANDLERS } from "./jobs/deliveries.ts";
import { EVENT_HANDLERS } from "./jobs/events.ts";
import { EXPORT_HANDLERS } from "./jobs/export.ts";
import { JOB_HANDLERS } from "./jobs/jobs.ts";
import { LISTEN_HANDLERS } from "./jobs/listen.ts";
import { SESSION_HANDLERS } from "./jobs/sessions.ts";
import { REPORT_HTML_HANDLERS } from "./runs/report-html.ts";
import { RESCORE_HANDLERS } from "./runs/rescore.ts";
import { RUN_HANDLERS } from "./runs/runs.ts";
import { SHARE_HANDLERS } from "./runs/share.ts";
import { REVIEW_HANDLERS } from "./samples/reviews.ts";
import { SAMPLE_HANDLERS } from "./samples/samples.ts";
import { BATCH_HANDLERS } from "./score/batch.ts";
import { IMPORT_HANDLERS } from "./score/import-dify.ts";
import { SCORE_HANDLERS } from "./score/score.ts";
import { DOCUMENT_HANDLERS } from "./service/documents.ts";
import { HEALTH_HANDLERS } from "./service/health.ts";
import { MCP_HANDLERS } from "./service/mcp.ts";
import { TEST_SET_IMPORT_HANDLERS } from "./test-sets/import.ts";
import { TEST_SET_HANDLERS } from "./test-sets/test-sets.ts";
import { RECEIVE_HANDLERS } from "./traces/receive.ts";
import { TRACE_HANDLERS } from "./traces/traces.ts";

/** What answers each route; one that nothing answers does not compile. */
export const HANDLERS: Handlers<typeof ROUTES> = {
  ...ALERT_HANDLERS,
  ...TREND_HANDLERS,
  ...GATE_HANDLERS,
  ...RESCORE_HANDLERS,
  ...SHARE_HANDLERS,
  ...RUN_HANDLERS,
  ...REPORT_HTML_HANDLERS,
  ...REVIEW_HANDLERS,
  ...SAMPLE_HANDLERS,
  ...AUDIT_HANDLERS,
  ...KEY_HANDLERS,
  ...PROJECT_HANDLERS,
  ...SIGN_IN_HANDLERS,
  ...JUDGE_TEST_HANDLERS,
  ...WEBHOOK_TEST_HANDLERS,
  ...CHANNEL_HANDLERS,
  ...TEST_SET_HANDLERS,
  ...TEST_SET_IMPORT_HANDLERS,
  ...TARGET_HANDLERS,
  ...EXPERIMENT_HANDLERS,
  ...SCHEDULE_HANDLERS,
  ...JOB_HANDLERS,
  ...EVENT_HANDLERS,
  ...LISTEN_HANDLERS,
  ...BAD_ROW_HANDLERS,
  ...EXPORT_HANDLERS,
  ...DELIVERY_HANDLERS,
  ...SESSION_HANDLERS,
  ...SCORE_HANDLERS,
  ...BATCH_HANDLERS,
  ...IMPORT_HANDLERS,
  ...HEALTH_HANDLERS,
  ...DOCUMENT_HANDLERS,
  ...MCP_HANDLERS,
  ...RECEIVE_HANDLERS,
  ...TRACE_HANDLERS,
};
