import { actorOf } from "../../access/audit.ts";
import type { Alert } from "../../contract/alert.ts";
import { CRITERION_PREFIX } from "../../criterion-metric.ts";
import { AppError } from "../../errors.ts";
import { originOf, readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { MOST_CHANNELS } from "../../jobs/channels/register.ts";
import { chooseCallback } from "../../jobs/webhook/callback.ts";
import { isMetricName, LOWER_IS_BETTER } from "../../scoring/metrics/registry.ts";
import { type AlertRecord, deleteAlert, insertAlert, listAlerts } from "../../storage/alerts.ts";
import { type ChannelRecord, listChannels } from "../../storage/channels.ts";
import { said } from "../../words/said.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { INSIGHT_ROUTES } from "./routes.ts";

/** Of a project: a list a person can still read, and the check stays one query. */
const MOST_ALERTS = 50;

export const ALERT_HANDLERS = {
  async list_alerts(http) {
    const { db } = http.get("jobs");
    const { project } = http.get("caller");
    const rows = await listAlerts(db, project, MOST_ALERTS);
    const channels = await listChannels(db, project, MOST_CHANNELS);
    return { alerts: rows.map((alert) => viewAlert(alert, channels)) };
  },

  async create_alert(http, { body: wish }) {
    const context = http.get("jobs");
    const { db, now, newId } = context;
    const caller = http.get("caller");
    if (!isMetricName(wish.metric) && !wish.metric.startsWith(CRITERION_PREFIX)) {
      throw new AppError(said("invalid_request.no_metric"), {
        errors: [{ pointer: "#/metric", detail: said("not_a_metric") }],
      });
    }
    const existing = await listAlerts(db, caller.project, MOST_ALERTS);
    if (existing.length >= MOST_ALERTS) {
      throw new AppError(said("conflict.alerts", { limit: MOST_ALERTS }));
    }
    const owner = {
      field: "webhook_url",
      project: caller.project,
      language: readerOf(http) ?? "zh",
      origin: originOf(http),
      createdBy: actorOf(caller),
    } as const;
    const { url } = await chooseCallback(context, owner, wish.webhook_url);
    if (wish.webhook_url !== null && url === null) {
      throw new AppError(said("invalid_request.no_webhook_secret"), {
        errors: [{ pointer: "#/webhook_url", detail: said("no_secret_here") }],
      });
    }
    const alert: AlertRecord = {
      project: caller.project,
      id: `alert_${newId()}`,
      metric: wish.metric,
      tag: wish.tag ?? "",
      side: wish.side ?? (LOWER_IS_BETTER.has(wish.metric) ? "above" : "below"),
      threshold: wish.threshold,
      windowDays: wish.window_days,
      webhookUrl: url,
      createdAt: now(),
      createdBy: actorOf(caller),
      state: "ok",
      changedAt: null,
      seen: null,
    };
    await insertAlert(db, alert);
    return viewAlert(alert, await listChannels(db, caller.project, MOST_CHANNELS));
  },

  async delete_alert(http, { params: { alert_id: id } }) {
    const isGone = await deleteAlert(http.get("jobs").db, http.get("caller").project, id);
    if (!isGone) throw new AppError(said("not_found.alert", { id: id.slice(0, 100) }));
  },
} satisfies Partial<Handlers<typeof INSIGHT_ROUTES>>;

function viewAlert(alert: AlertRecord, channels: readonly ChannelRecord[]): Alert {
  const channel = channels.find(({ id }) => id === alert.webhookUrl);
  return {
    alert_id: alert.id,
    metric: alert.metric,
    tag: alert.tag || null,
    side: alert.side,
    threshold: alert.threshold,
    window_days: alert.windowDays,
    webhook_url: channel?.masked ?? alert.webhookUrl,
    state: alert.state,
    changed_at: alert.changedAt === null ? null : isoTime(alert.changedAt),
    seen: alert.seen,
    created_at: isoTime(alert.createdAt),
    created_by: alert.createdBy,
  };
}
