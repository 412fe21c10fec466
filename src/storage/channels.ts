import { omit, type RecordOf } from "./fields.ts";
import { channels } from "./schema.ts";
import { change, hasChanged, sql, transact } from "./sql.ts";
import { columns, findAll, findOne, insert, set } from "./table.ts";

/** Of ids; a `callback_url` that begins so names a channel. */
export const CHANNEL_PREFIX = "chn_";

const CHANNEL = omit(channels.fields, "holder", "leaseUntil");

export type ChannelRecord = RecordOf<typeof CHANNEL>;
type NewChannel = Parameters<typeof insert<typeof channels.fields>>[1];

/** The columns a person decides. */
export type ChannelChange = Partial<
  Pick<
    ChannelRecord,
    | "name"
    | "kind"
    | "address"
    | "addressDigest"
    | "masked"
    | "secret"
    | "events"
    | "language"
    | "origin"
    | "state"
  >
>;

/** How far back what a refusal held up is still worth telling. */
const HELD_MS = 24 * 60 * 60 * 1000;

/** False: the project has a channel with this address. */
export async function insertChannel(db: D1Database, channel: NewChannel): Promise<boolean> {
  return (await change(db, sql`${insert(channels, channel)} ON CONFLICT DO NOTHING`)) > 0;
}

/** Oldest first. */
export function listChannels(
  db: D1Database,
  project: string,
  limit: number,
): Promise<ChannelRecord[]> {
  return findAll(
    db,
    CHANNEL,
    sql`SELECT ${columns(CHANNEL)} FROM channels WHERE project = ${project} ORDER BY id LIMIT ${limit}`,
  );
}

export function getChannel(
  db: D1Database,
  project: string,
  id: string,
): Promise<ChannelRecord | null> {
  return findOne(
    db,
    CHANNEL,
    sql`SELECT ${columns(CHANNEL)} FROM channels WHERE project = ${project} AND id = ${id}`,
  );
}

export function findChannelByAddress(
  db: D1Database,
  project: string,
  addressDigest: string,
): Promise<ChannelRecord | null> {
  return findOne(
    db,
    CHANNEL,
    sql`SELECT ${columns(CHANNEL)} FROM channels
      WHERE project = ${project} AND address_digest = ${addressDigest}`,
  );
}

/** False: it is gone, or another channel has the address. */
export async function changeChannel(
  db: D1Database,
  { project, id }: { project: string; id: string },
  changes: ChannelChange,
): Promise<boolean> {
  const changed = await change(
    db,
    sql`UPDATE OR IGNORE channels SET ${set(channels, changes)} WHERE project = ${project} AND id = ${id}`,
  );
  return changed > 0;
}

/** Switches it on again, and makes due what a refusal has held up meanwhile. */
export async function openChannel(
  db: D1Database,
  { project, id }: { project: string; id: string },
  now: number,
): Promise<void> {
  const opened = { state: "on", refusal: null, refusedAt: null, failures: 0 } as const;
  const ofChannel = sql`project = ${project} AND channel_id = ${id}`;
  await transact(db, [
    sql`UPDATE channels SET ${set(channels, opened)} WHERE project = ${project} AND id = ${id}`,
    sql`UPDATE deliveries INDEXED BY deliveries_of_channel SET state = 'pending', message_id = NULL
      WHERE ${ofChannel} AND state = 'disabled' AND created_at > ${now - HELD_MS}`,
    sql`UPDATE channels SET next_at = coalesce(next_at, max(${now}, free_at))
      WHERE project = ${project} AND id = ${id}
        AND EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_waiting WHERE ${ofChannel} AND state = 'pending')`,
  ]);
}

/** Nothing is sent until somebody opens it; what waits is kept for that moment. */
export async function closeChannel(
  db: D1Database,
  { project, id }: { project: string; id: string },
  closed: Pick<ChannelRecord, "state" | "refusal" | "refusedAt">,
): Promise<void> {
  await transact(db, [
    sql`UPDATE channels SET ${set(channels, { ...closed, nextAt: null, messageId: null })}
      WHERE project = ${project} AND id = ${id}`,
    sql`UPDATE deliveries INDEXED BY deliveries_waiting SET state = 'disabled', message_id = NULL
      WHERE project = ${project} AND channel_id = ${id} AND state = 'pending'`,
  ]);
}

/** With its log. False: there was none. */
export async function deleteChannel(db: D1Database, project: string, id: string): Promise<boolean> {
  const [answer] = await transact(db, [
    sql`DELETE FROM channels WHERE project = ${project} AND id = ${id}`,
    sql`DELETE FROM deliveries INDEXED BY deliveries_of_channel
      WHERE project = ${project} AND channel_id = ${id}`,
  ]);
  return hasChanged(answer);
}
