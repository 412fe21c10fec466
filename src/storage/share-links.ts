import type { RecordOf } from "./fields.ts";
import { shareLinks } from "./schema.ts";
import { change, sql } from "./sql.ts";
import { columns, findAll, findOne, insert } from "./table.ts";

export type ShareRecord = RecordOf<typeof shareLinks.fields>;

export async function insertShare(
  db: D1Database,
  share: Omit<ShareRecord, "revokedAt">,
): Promise<void> {
  await change(db, insert(shareLinks, share));
}

/** The link, if it still opens its run: neither revoked nor run out. */
export function getOpenShare(
  db: D1Database,
  project: string,
  id: string,
  now: number,
): Promise<ShareRecord | null> {
  return findOne(
    db,
    shareLinks.fields,
    sql`SELECT ${columns(shareLinks.fields)} FROM share_links
      WHERE project = ${project} AND id = ${id} AND revoked_at IS NULL AND expires_at > ${now}`,
  );
}

export function listShares(db: D1Database, project: string, runId: string): Promise<ShareRecord[]> {
  return findAll(
    db,
    shareLinks.fields,
    sql`SELECT ${columns(shareLinks.fields)} FROM share_links INDEXED BY share_links_by_run
      WHERE project = ${project} AND run_id = ${runId} ORDER BY id DESC LIMIT 1000`,
  );
}

/** Null: no such link of this run. Revoking again keeps the first time. */
export function revokeShare(
  db: D1Database,
  { project, runId, id }: { project: string; runId: string; id: string },
  now: number,
): Promise<ShareRecord | null> {
  return findOne(
    db,
    shareLinks.fields,
    sql`UPDATE share_links SET revoked_at = coalesce(revoked_at, ${now})
      WHERE project = ${project} AND run_id = ${runId} AND id = ${id} RETURNING ${columns(shareLinks.fields)}`,
  );
}
