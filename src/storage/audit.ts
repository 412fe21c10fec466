export interface AuditRecord {
  project: string;
  id: string;
  at: number;
  actor: string;
  /** Noun and past participle: `key.created`, `job.deleted`. */
  action: string;
  target: string | null;
  detail: Record<string, string | number | boolean | null>;
}

interface AuditRow {
  project: string;
  id: string;
  at: number;
  actor: string;
  action: string;
  target: string | null;
  detail: string;
}

/** Appends; the table refuses every change of a line. */
export async function insertAudit(db: D1Database, entry: AuditRecord): Promise<void> {
  await db
    .prepare(
      "INSERT INTO audit_log (project, id, at, actor, action, target, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .bind(
      entry.project,
      entry.id,
      entry.at,
      entry.actor,
      entry.action,
      entry.target,
      JSON.stringify(entry.detail),
    )
    .run();
}

/** One page, newest first, and one row more. */
export async function listAudit(
  db: D1Database,
  project: string,
  page: { limit: number; before: string | null },
): Promise<AuditRecord[]> {
  const { results } = await db
    .prepare(
      `SELECT project, id, at, actor, action, target, detail FROM audit_log
       WHERE project = ?1 AND id < coalesce(?2, '~') ORDER BY id DESC LIMIT ?3`,
    )
    .bind(project, page.before, page.limit + 1)
    .all<AuditRow>();
  return results.map((row) => ({ ...row, detail: JSON.parse(row.detail) }));
}
