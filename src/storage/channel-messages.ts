import { raw, type Sql } from "sql-template-tag";
import type { ChannelEventName } from "../contract/channel.ts";
import type { ChannelRecord } from "./channels.ts";
import type { DueRows } from "./due-rows.ts";
import { omit, pick, type RecordOf } from "./fields.ts";
import { channels, type DeliveryAttempt, type DeliveryState, deliveries } from "./schema.ts";
import { readRows, sql, transact } from "./sql.ts";
import { allOf, columns, findAll, firstOf, insert, set } from "./table.ts";

const HELD = omit(channels.fields, "holder");
const TOLD = pick(deliveries.fields, "id", "jobId", "event", "createdAt", "payload");
const LOGGED = omit(deliveries.fields, "leaseUntil", "payload");

export type ToldRecord = RecordOf<typeof TOLD>;
export type LoggedDelivery = RecordOf<typeof LOGGED>;

/** Lines of the log older than this go, some with every message. */
const LOG_MS = 30 * 24 * 60 * 60 * 1000;
const LOG_ROWS_AT_ONCE = 200;
/** One message tells people of; a system is told of one event at a time. */
const MOST_EVENTS = 1000;

export interface Telling {
  /** null: every project of this database. */
  project: string | null;
  event: ChannelEventName;
  /** Names the occasion: however often it is told, each channel has it once. */
  key: string | Sql;
  /** What it is about, as `job_id` of a delivery. */
  about: string;
  at: number;
  payload: object | null;
}

/**
 * In the transaction of what happened, or after it: a delivery for each channel that wants to know, where the condition
 * (of `c`, the channel, and whatever it asks) holds.
 */
export function tellChannels(telling: Telling, condition: Sql = sql`1`): Sql {
  const { project, event, key, about, at, payload } = telling;
  const delivery = {
    project: raw("c.project"),
    id: sql`'msg_' || ${key} || '_' || substr(c.id, 5)`,
    jobId: about,
    event,
    url: raw("c.masked"),
    state: raw("CASE c.state WHEN 'on' THEN 'pending' ELSE 'disabled' END"),
    createdAt: at,
    payload: payload && JSON.stringify(payload),
    channelId: raw("c.id"),
  };
  const wanting = sql`FROM channels AS c WHERE ${project === null ? sql`1` : sql`c.project = ${project}`}
    AND c.state <> 'off' AND EXISTS (SELECT 1 FROM json_each(c.events) AS e WHERE e.value = ${event})
    AND ${condition}`;
  return sql`${insert(deliveries, delivery, wanting)} ON CONFLICT DO NOTHING`;
}

/** The same in the transaction that finishes a job whose caller has named its trace. */
export function tellOfScored(
  { project, jobId }: { project: string; jobId: string },
  finishedAt: number,
): Sql {
  const key = `${jobId.replace(/^job_/, "")}_${finishedAt}`;
  const event = "trace.scored";
  return tellChannels(
    { project, event, key, about: jobId, at: finishedAt, payload: null },
    sql`EXISTS (SELECT 1 FROM jobs AS j WHERE j.project = ${project} AND j.id = ${jobId}
      AND j.finished_at = ${finishedAt} AND j.status = 'completed')`,
  );
}

/** Channels that have something to tell. */
export const DUE_CHANNELS: DueRows<{ project: string; id: string }> = {
  table: "channels",
  column: "next_at",
  take: (db, { now, limit }) =>
    readRows(
      db,
      sql`SELECT project, id FROM channels WHERE next_at IS NOT NULL AND next_at <= ${now}
        ORDER BY next_at LIMIT ${limit}`,
    ),
  // What has not failed waits for the end of a quiet or of a lease, a minute at most.
  bringBack: (horizon, at, present) => [
    sql`UPDATE channels SET lease_until = min(lease_until, ${at}), free_at = min(free_at, ${at}), next_at = ${at}
      WHERE next_at > ${horizon} OR (failures = 0 AND next_at > ${present + 60_000})`,
  ],
};

export interface HeldMessage {
  channel: RecordOf<typeof HELD>;
  /** The same for every attempt at the same message. */
  messageId: string;
  holder: string;
  told: ToldRecord[];
}

/**
 * Takes the message a channel has to send: the one a consumer died with, as it was, or a new one of what waits. null: it
 * is not due, switched off, or held.
 */
export async function claimMessage(
  db: D1Database,
  { project, id }: { project: string; id: string },
  { now, leaseUntil, holder }: { now: number; leaseUntil: number; holder: string },
): Promise<HeldMessage | null> {
  const held = { holder, leaseUntil, nextAt: leaseUntil } as const;
  const isHeld = sql`EXISTS (SELECT 1 FROM channels AS c WHERE c.project = ${project} AND c.id = ${id} AND c.holder = ${holder})`;
  const messageId = sql`(SELECT c.message_id FROM channels AS c WHERE c.project = ${project} AND c.id = ${id})`;
  const waiting = sql`deliveries INDEXED BY deliveries_waiting WHERE project = ${project} AND channel_id = ${id}
    AND state = 'pending'`;
  const answers = await transact(db, [
    sql`UPDATE channels SET ${set(channels, held)}, message_id = coalesce(message_id, ${holder})
      WHERE project = ${project} AND id = ${id} AND state = 'on' AND next_at <= ${now}
        AND (lease_until IS NULL OR lease_until < ${now})
      RETURNING ${columns(HELD)}`,
    // A message of before has its events already; only a new one takes what waits.
    sql`UPDATE deliveries SET message_id = ${messageId}, attempts = attempts + 1
      WHERE project = ${project} AND ${isHeld} AND id IN (
        SELECT id FROM ${waiting} AND (message_id = ${messageId} OR ${messageId} = ${holder})
        ORDER BY created_at, id
        LIMIT (SELECT iif(c.kind IN ('webhook', 'langfuse'), 1, ${MOST_EVENTS}) FROM channels AS c
               WHERE c.project = ${project} AND c.id = ${id}))`,
    sql`SELECT ${columns(TOLD)} FROM ${waiting} AND message_id = ${messageId} AND ${isHeld} ORDER BY created_at, id`,
  ]);
  const channel = firstOf(HELD, answers[0]);
  if (channel?.messageId == null) return null;
  return { channel, messageId: channel.messageId, holder, told: allOf(TOLD, answers[2]) };
}

export interface Settlement {
  state: DeliveryState;
  attempt: DeliveryAttempt;
  /** When more may be sent. */
  freeAt: number;
  /** When what was not taken is due again; null: it is over. */
  retryAt: number | null;
  /** Nobody knows whether it arrived, so it is sent again as it is; else its events may go with newer ones. */
  isKeptTogether: boolean;
  /** The bot's words that close the channel. */
  refusal: string | null;
}

/** Writes what came of a message; fenced by its holder. The time at which the channel is due again; null: it is not. */
export async function settleMessage(
  db: D1Database,
  { channel: { project, id, failures }, messageId, holder }: HeldMessage,
  { state, attempt, freeAt, retryAt, isKeptTogether, refusal }: Settlement,
): Promise<number | null> {
  const ofChannel = sql`project = ${project} AND channel_id = ${id}`;
  const isHeld = sql`EXISTS (SELECT 1 FROM channels AS c WHERE c.project = ${project} AND c.id = ${id} AND c.holder = ${holder})`;
  const settled = {
    state,
    deliveredAt: state === "delivered" || state === "accepted" ? attempt.at : null,
    log: sql`json_insert(log, '$[#]', json(${JSON.stringify(attempt)}))`,
    ...(state === "pending" && !isKeptTogether ? { messageId: null } : {}),
  };
  const isRefused = refusal !== null;
  const after = {
    holder: null,
    leaseUntil: null,
    freeAt,
    failures: state === "pending" ? failures + 1 : 0,
    ...(isKeptTogether ? {} : { messageId: null }),
    ...(isRefused ? ({ state: "refused", refusal, refusedAt: attempt.at } as const) : {}),
    nextAt: isRefused
      ? null
      : sql`CASE WHEN EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_waiting WHERE ${ofChannel} AND state = 'pending')
          THEN max(${freeAt}, ${retryAt ?? 0}) END`,
  } as const;
  const answers = await transact<{ at: number | null }>(db, [
    sql`UPDATE deliveries INDEXED BY deliveries_waiting SET ${set(deliveries, settled)}
      WHERE ${ofChannel} AND state = 'pending' AND message_id = ${messageId} AND ${isHeld}`,
    sql`UPDATE deliveries INDEXED BY deliveries_waiting SET state = 'disabled', message_id = NULL
      WHERE ${ofChannel} AND state = 'pending' AND ${isRefused} AND ${isHeld}`,
    sql`DELETE FROM deliveries WHERE (project, id) IN (
      SELECT project, id FROM deliveries INDEXED BY deliveries_of_channel
      WHERE ${ofChannel} AND created_at < ${attempt.at - LOG_MS} AND state <> 'pending'
      ORDER BY created_at LIMIT ${LOG_ROWS_AT_ONCE})`,
    sql`UPDATE channels SET ${set(channels, after)}
      WHERE project = ${project} AND id = ${id} AND holder = ${holder} RETURNING next_at AS at`,
  ]);
  return answers[3]?.results[0]?.at ?? null;
}

/** The log of a channel, newest first. */
export function listLogOfChannel(
  db: D1Database,
  { project, id }: Pick<ChannelRecord, "project" | "id">,
  limit: number,
): Promise<LoggedDelivery[]> {
  return findAll(
    db,
    LOGGED,
    sql`SELECT ${columns(LOGGED)} FROM deliveries INDEXED BY deliveries_of_channel
      WHERE project = ${project} AND channel_id = ${id} ORDER BY created_at DESC, id DESC LIMIT ${limit}`,
  );
}
