import type { RecordOf } from "./fields.ts";
import { auditLog } from "./schema.ts";
import { change, sql } from "./sql.ts";
import { columns, findAll, insert } from "./table.ts";

export type AuditRecord = RecordOf<typeof auditLog.fields>;

/** Appends; the table refuses every change of a line. */
export async function insertAudit(db: D1Database, entry: AuditRecord): Promise<void> {
  await change(db, insert(auditLog, entry));
}

/** One page, newest first, and one row more. */
export function listAudit(
  db: D1Database,
  project: string,
  page: { limit: number; before: string | null },
): Promise<AuditRecord[]> {
  return findAll(
    db,
    auditLog.fields,
    sql`SELECT ${columns(auditLog.fields)} FROM audit_log
      WHERE project = ${project} AND id < ${page.before ?? "~"} ORDER BY id DESC LIMIT ${page.limit + 1}`,
  );
}
