import type { Delivery } from "../../contract.ts";
import { AppError } from "../../errors.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import { wakeDeliveries } from "../../jobs/webhook/wake-deliveries.ts";
import { type DeliveryRecord, listDeliveries, reopenDelivery } from "../../storage/deliveries.ts";
import { said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import type { Reader } from "../../words/speaker.ts";
import { isoTime } from "./job-view.ts";
import { findJob } from "./jobs.ts";

/** `GET /api/score/jobs/{id}/deliveries`: the webhooks of a job and every attempt at them. */
export async function getDeliveries(http: Http): Promise<Response> {
  const job = await findJob(http);
  const deliveries = await listDeliveries(http.get("jobs").db, job.project, job.id);
  return http.json({ deliveries: deliveries.map((one) => viewDelivery(one, readerOf(http))) });
}

/** `POST /api/score/jobs/{id}/deliveries/{delivery_id}/redeliver`: once more, from the start of the schedule. */
export async function postRedeliver(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const job = await findJob(http);
  const id = http.req.param("delivery_id") ?? "";
  const target = { project: job.project, jobId: job.id, id };
  const isReopened = await reopenDelivery(context.db, target, context.now());
  const deliveries = await listDeliveries(context.db, job.project, job.id);
  const delivery = deliveries.find((one) => one.id === id);
  if (!delivery) throw new AppError(said("not_found.delivery", { id: id.slice(0, 100) }));
  if (!isReopened) throw new AppError(said("conflict.delivery"));
  await wakeDeliveries(context, job);
  return http.json(viewDelivery(delivery, readerOf(http)), 202);
}

function viewDelivery(delivery: DeliveryRecord, reader: Reader): Delivery {
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
