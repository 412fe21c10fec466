import type { AuditEntry } from "../contract-access.ts";
import { type AuditRecord, listAudit } from "../storage/audit.ts";
import type { Http } from "./http-context.ts";
import { isoTime } from "./job-view.ts";
import { cutPage, linkNextPage, readPage } from "./page.ts";
import { PageQuery } from "./queries.ts";
import { readQuery } from "./read-query.ts";

/** `GET /api/audit`: who did what in this project, newest first. */
export async function getAudit(http: Http): Promise<Response> {
  const page = readPage(readQuery(http, PageQuery), "audit", "audit");
  const rows = await listAudit(http.get("jobs").home, http.get("caller").project, page);
  const { items, next_cursor, has_more } = cutPage(rows, page, "audit", (entry) => entry.id);
  linkNextPage(http, next_cursor);
  return http.json({ entries: items.map(viewEntry), next_cursor, has_more });
}

function viewEntry(entry: AuditRecord): AuditEntry {
  return {
    audit_id: entry.id,
    at: isoTime(entry.at),
    actor: entry.actor,
    action: entry.action,
    target: entry.target,
    detail: entry.detail,
  };
}
