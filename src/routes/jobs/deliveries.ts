import type { Delivery, DeliveryList } from "../../contract.ts";
import { AppError } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import type { Input } from "../../http/serve-routes.ts";
import { wakeDeliveries } from "../../jobs/webhook/wake-deliveries.ts";
import { type DeliveryRecord, listDeliveries, reopenDelivery } from "../../storage/deliveries.ts";
import { isoTime } from "./job-view.ts";
import { findJob, type OfJob } from "./jobs.ts";
import type { JOB_ROUTES } from "./routes.ts";

/** `GET /api/score/jobs/{id}/deliveries`: the webhooks of a job and every attempt at them. */
export async function getDeliveries(http: Http, { params }: OfJob): Promise<DeliveryList> {
  const job = await findJob(http, params);
  const deliveries = await listDeliveries(http.get("jobs").db, job.project, job.id);
  return { deliveries: deliveries.map(viewDelivery) };
}

/** `POST /api/score/jobs/{id}/deliveries/{delivery_id}/redeliver`: once more, from the start of the schedule. */
export async function postRedeliver(
  http: Http,
  { params }: Input<typeof JOB_ROUTES.redeliver>,
): Promise<Delivery> {
  const context = http.get("jobs");
  const job = await findJob(http, params);
  const id = params.delivery_id;
  const target = { project: job.project, jobId: job.id, id };
  const isReopened = await reopenDelivery(context.db, target, context.now());
  const deliveries = await listDeliveries(context.db, job.project, job.id);
  const delivery = deliveries.find((one) => one.id === id);
  if (!delivery) throw new AppError("not_found", `Delivery not found: ${id.slice(0, 100)}`);
  if (!isReopened) throw new AppError("conflict", "This delivery is still under way.");
  await wakeDeliveries(context, job);
  return viewDelivery(delivery);
}

function viewDelivery(delivery: DeliveryRecord): Delivery {
  return {
    delivery_id: delivery.id,
    event: delivery.event,
    url: delivery.url,
    state: delivery.state,
    created_at: isoTime(delivery.createdAt),
    delivered_at: delivery.deliveredAt === null ? null : isoTime(delivery.deliveredAt),
    next_attempt_at: delivery.nextAt === null ? null : isoTime(delivery.nextAt),
    attempts: delivery.log.map(({ at, ...attempt }) => ({ at: isoTime(at), ...attempt })),
  };
}
