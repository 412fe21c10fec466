import { join, raw, type Sql } from "sql-template-tag";
import type { JobStatus } from "../contract/outcome.ts";
import { tellChannels } from "./channel-messages.ts";
import { CHANNEL_PREFIX } from "./channels.ts";
import type { DueRows } from "./due-rows.ts";
import { omit, type RecordOf } from "./fields.ts";
import {
  type DeliveryAttempt,
  type DeliveryState,
  deliveries,
  disabledCallbacks,
} from "./schema.ts";
import { hasChanged, readRows, sql, transact } from "./sql.ts";
import { columns, findAll, findOne, insert, set } from "./table.ts";

const DELIVERY = omit(deliveries.fields, "leaseUntil");

export type DeliveryRecord = RecordOf<typeof DELIVERY>;

/** Receivers see it as `webhook-id`: the same for all attempts, another one when a job ends a second time. */
function deliveryId(jobId: string, endedAt: number): string {
  return `msg_${jobId.replace(/^job_/, "")}_${endedAt}`;
}

/**
 * After a statement that ends a job, in its transaction: the delivery to its `callback_url` (an address, or a channel by
 * its id) exists exactly when the end does, and so do those to channels that want to know of failures.
 */
export function announceEnd(
  { project, jobId }: { project: string; jobId: string },
  status: Extract<JobStatus, "completed" | "failed" | "cancelled">,
  endedAt: number,
): Sql[] {
  const isClosed = sql`(d.url IS NOT NULL OR c.state = 'refused')`;
  const delivery = {
    project,
    id: deliveryId(jobId, endedAt),
    jobId,
    event: `job.${status}`,
    url: raw("coalesce(c.masked, j.callback_url)"),
    state: sql`iif(${isClosed}, 'disabled', 'pending')`,
    createdAt: endedAt,
    nextAt: sql`CASE WHEN c.id IS NULL AND d.url IS NULL THEN ${endedAt} END`,
    channelId: raw("c.id"),
  };
  const ended = sql`jobs AS j WHERE j.project = ${project} AND j.id = ${jobId}
    AND j.finished_at = ${endedAt} AND j.status = ${status}`;
  const told = sql`FROM (SELECT j.project, j.callback_url FROM ${ended}) AS j
    LEFT JOIN disabled_callbacks AS d ON d.project = j.project AND d.url = j.callback_url
    LEFT JOIN channels AS c ON c.project = j.project AND c.id = j.callback_url
    WHERE j.callback_url IS NOT NULL AND c.state IS NOT 'off'
      AND (c.id IS NOT NULL OR j.callback_url NOT LIKE ${`${CHANNEL_PREFIX}%`})`;
  const announced = sql`${insert(deliveries, delivery, told)} ON CONFLICT DO NOTHING`;
  if (status !== "failed") return [announced];
  const key = `${jobId.replace(/^job_/, "")}_${endedAt}`;
  const telling = {
    project,
    event: "job.failed",
    key,
    about: jobId,
    at: endedAt,
    payload: null,
  } as const;
  const isOther = sql`EXISTS (SELECT 1 FROM ${ended} AND j.callback_url IS NOT c.id)`;
  return [announced, tellChannels(telling, isOther)];
}

/** Takes a delivery that is due; null: not due, held, or over. */
export function claimDelivery(
  db: D1Database,
  { project, id }: { project: string; id: string },
  { now, leaseUntil }: { now: number; leaseUntil: number },
): Promise<DeliveryRecord | null> {
  return findOne(
    db,
    DELIVERY,
    sql`UPDATE deliveries SET attempts = attempts + 1, ${set(deliveries, { leaseUntil, nextAt: leaseUntil })}
      WHERE project = ${project} AND id = ${id} AND state = 'pending' AND next_at <= ${now}
        AND (lease_until IS NULL OR lease_until < ${now})
      RETURNING ${columns(DELIVERY)}`,
  );
}

/** Writes what an attempt came to; fenced by its number. */
export async function settleDelivery(
  db: D1Database,
  { project, id, attempts, url }: DeliveryRecord,
  outcome: { state: DeliveryState; nextAt: number | null; attempt: DeliveryAttempt },
): Promise<void> {
  const { state, nextAt, attempt } = outcome;
  const settled = {
    state,
    nextAt,
    leaseUntil: null,
    deliveredAt: state === "delivered" ? attempt.at : null,
    log: sql`json_insert(log, '$[#]', json(${JSON.stringify(attempt)}))`,
  };
  const settle = sql`UPDATE deliveries SET ${set(deliveries, settled)}
    WHERE project = ${project} AND id = ${id} AND attempts = ${attempts} AND state = 'pending'`;
  const disable = sql`${insert(disabledCallbacks, { project, url, disabledAt: attempt.at })} ON CONFLICT DO NOTHING`;
  await transact(db, [settle, ...(state === "disabled" ? [disable] : [])]);
}

/** A person asks for it again; that also opens a receiver that had said 410. False: no such delivery at rest. */
export async function reopenDelivery(
  db: D1Database,
  { project, jobId, id }: { project: string; jobId: string; id: string },
  now: number,
): Promise<boolean> {
  const reopened = {
    state: "pending",
    // A channel is due as a whole.
    nextAt: sql`CASE WHEN channel_id IS NULL THEN ${now} END`,
    messageId: null,
    leaseUntil: null,
    attempts: 0,
  } as const;
  const [answer] = await transact(db, [
    sql`UPDATE deliveries SET ${set(deliveries, reopened)}
        WHERE project = ${project} AND id = ${id} AND job_id = ${jobId} AND state <> 'pending'`,
    sql`DELETE FROM disabled_callbacks WHERE project = ${project}
        AND url = (SELECT url FROM deliveries WHERE project = ${project} AND id = ${id})`,
  ]);
  return hasChanged(answer);
}

/** The deliveries of a job, oldest first; a job ends a handful of times at most. */
export function listDeliveries(
  db: D1Database,
  project: string,
  jobId: string,
): Promise<DeliveryRecord[]> {
  return findAll(
    db,
    DELIVERY,
    sql`SELECT ${columns(DELIVERY)} FROM deliveries INDEXED BY deliveries_by_job
      WHERE project = ${project} AND job_id = ${jobId} ORDER BY id LIMIT 100`,
  );
}

/** Deliveries to be tried, until somebody takes them. */
export const dueDeliveries = (
  longestWaitsMs: readonly number[],
): DueRows<{ project: string; id: string }> => ({
  table: "deliveries",
  column: "next_at",
  take: (db, { now, limit }) =>
    readRows(
      db,
      sql`SELECT project, id FROM deliveries WHERE next_at IS NOT NULL AND next_at <= ${now}
        ORDER BY next_at LIMIT ${limit}`,
    ),
  // What waits longer than its attempts explain comes back too, though a receiver may have asked for it.
  bringBack: (horizon, at, present) => {
    const waits = longestWaitsMs.map((wait, attempts) => sql`WHEN ${attempts} THEN ${wait}`);
    return [
      sql`UPDATE deliveries SET lease_until = min(lease_until, ${at}), next_at = ${at}
        WHERE next_at > ${present}
          AND (next_at > ${horizon} OR next_at > ${present} + CASE attempts ${join(waits, " ")} END)`,
    ];
  },
});
