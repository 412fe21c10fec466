export interface ShareRecord {
  project: string;
  id: string;
  runId: string;
  createdAt: number;
  createdBy: string;
  expiresAt: number;
  revokedAt: number | null;
}

interface ShareRow {
  project: string;
  id: string;
  run_id: string;
  created_at: number;
  created_by: string;
  expires_at: number;
  revoked_at: number | null;
}

const COLUMNS = "project, id, run_id, created_at, created_by, expires_at, revoked_at";

function toShareRecord(row: ShareRow): ShareRecord {
  return {
    project: row.project,
    id: row.id,
    runId: row.run_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

export async function insertShare(db: D1Database, share: ShareRecord): Promise<void> {
  await db
    .prepare(`INSERT INTO share_links (${COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)`)
    .bind(share.project, share.id, share.runId, share.createdAt, share.createdBy, share.expiresAt)
    .run();
}

/** The link, if it still opens its run: neither revoked nor run out. */
export async function getOpenShare(
  db: D1Database,
  project: string,
  id: string,
  now: number,
): Promise<ShareRecord | null> {
  const row = await db
    .prepare(
      `SELECT ${COLUMNS} FROM share_links WHERE project = ?1 AND id = ?2 AND revoked_at IS NULL AND expires_at > ?3`,
    )
    .bind(project, id, now)
    .first<ShareRow>();
  return row ? toShareRecord(row) : null;
}

export async function listShares(
  db: D1Database,
  project: string,
  runId: string,
): Promise<ShareRecord[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM share_links INDEXED BY share_links_by_run
       WHERE project = ?1 AND run_id = ?2 ORDER BY id DESC LIMIT 1000`,
    )
    .bind(project, runId)
    .all<ShareRow>();
  return results.map(toShareRecord);
}

/** Null: no such link of this run. Revoking again keeps the first time. */
export async function revokeShare(
  db: D1Database,
  share: { project: string; runId: string; id: string },
  now: number,
): Promise<ShareRecord | null> {
  const row = await db
    .prepare(
      `UPDATE share_links SET revoked_at = coalesce(revoked_at, ?4)
       WHERE project = ?1 AND run_id = ?2 AND id = ?3 RETURNING ${COLUMNS}`,
    )
    .bind(share.project, share.runId, share.id, now)
    .first<ShareRow>();
  return row ? toShareRecord(row) : null;
}
