import { alertState } from "../scoring/gate-alert.ts";
import { meanInterval, meanOf, type Sums } from "../scoring/intervals.ts";
import { type AlertRecord, moveAlert, noteSeen, takeAlertsWithSums } from "../storage/alerts.ts";
import { wakeChannels } from "./channels/wake-channels.ts";
import type { JobContext } from "./context.ts";
import { tryWake } from "./wake.ts";

/** Rules looked at in one go; one query reads them all with their sums. */
const MOST_RULES = 500;

/**
 * Looks at alert rules: those of a project whose runs have changed, or all, as days pass too. Who crosses the line rings
 * once, and once more when it is over.
 */
export async function checkAlerts(
  context: JobContext,
  project: string | null = null,
): Promise<void> {
  const now = context.now();
  const rules = await takeAlertsWithSums(context.db, project, now, MOST_RULES);
  for (const { alert, sums } of rules) await checkOne(context, alert, sums, now);
}

async function checkOne(
  context: JobContext,
  alert: AlertRecord,
  sums: Sums,
  now: number,
): Promise<void> {
  const { project, id, metric, tag, side, threshold } = alert;
  const state = alertState({ side, threshold }, sums, alert.state);
  const seen =
    sums.n === 0 ? null : { n: sums.n, mean: meanOf(sums), interval: meanInterval(sums) };
  if (state === alert.state) {
    if (JSON.stringify(seen) !== JSON.stringify(alert.seen))
      await noteSeen(context.db, alert, seen);
    return;
  }
  const payload = {
    alert_id: id,
    status: state === "firing" ? "firing" : "resolved",
    metric,
    tag: tag || null,
    side,
    threshold,
    window_days: alert.windowDays,
    ...seen,
  };
  const deliveryId = await moveAlert(context.db, alert, { state, seen, now, payload });
  context.log({ event: `alert.${payload.status}`, alert_id: id, metric, n: sums.n });
  await wakeChannels(context);
  if (deliveryId === null) return;
  await tryWake(context, [{ message: { kind: "deliver", project, id: deliveryId } }]);
}
