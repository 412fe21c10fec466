import type { Delivery } from "../../contract/delivery.ts";
import { AppError } from "../../errors.ts";
import { readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { wakeAllTold } from "../../jobs/webhook/wake-deliveries.ts";
import { type DeliveryRecord, listDeliveries, reopenDelivery } from "../../storage/deliveries.ts";
import { said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import type { Reader } from "../../words/speaker.ts";
import { isoTime } from "./job-view.ts";
import { findJob } from "./jobs.ts";
import type { JOB_ROUTES } from "./routes.ts";

export const DELIVERY_HANDLERS = {
  /** The webhooks of a job and every attempt at them. */
  async list_deliveries(http, { params }) {
    const job = await findJob(http, params);
    const deliveries = await listDeliveries(http.get("jobs").db, job.project, job.id);
    return { deliveries: deliveries.map((one) => viewDelivery(one, readerOf(http))) };
  },

  /** Once more, from the start of the schedule. */
  async redeliver(http, { params }) {
    const context = http.get("jobs");
    const job = await findJob(http, params);
    const id = params.delivery_id;
    const target = { project: job.project, jobId: job.id, id };
    const isReopened = await reopenDelivery(context.db, target, context.now());
    const deliveries = await listDeliveries(context.db, job.project, job.id);
    const delivery = deliveries.find((one) => one.id === id);
    if (!delivery) throw new AppError(said("not_found.delivery", { id: id.slice(0, 100) }));
    if (!isReopened) throw new AppError(said("conflict.delivery"));
    await wakeAllTold(context, job);
    return viewDelivery(delivery, readerOf(http));
  },
} satisfies Partial<Handlers<typeof JOB_ROUTES>>;

export function viewDelivery(delivery: Omit<DeliveryRecord, "payload">, reader: Reader): Delivery {
  return {
    delivery_id: delivery.id,
    event: delivery.event,
    url: delivery.url,
    state: delivery.state,
    created_at: isoTime(delivery.createdAt),
    delivered_at: delivery.deliveredAt === null ? null : isoTime(delivery.deliveredAt),
    next_attempt_at: delivery.nextAt === null ? null : isoTime(delivery.nextAt),
    attempts: delivery.log.map(({ at, error, ...attempt }) => ({
      at: isoTime(at),
      ...attempt,
      error: error && say(error, reader),
    })),
  };
}
