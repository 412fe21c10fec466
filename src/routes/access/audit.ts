import { DEFAULT_PROJECT } from "../../access/authorize.ts";
import { WRONG_KEYS_ALLOWED } from "../../access/key-brake.ts";
import type { AuditEntry } from "../../contract/access.ts";
import { cutPage, readPage } from "../../http/page.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { type AuditRecord, listAudit } from "../../storage/audit.ts";
import { listRefusedKeys, type RefusedKeys } from "../../storage/refused-keys.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { ACCESS_ROUTES } from "./routes.ts";

export const AUDIT_HANDLERS = {
  /**
   * Who did what in this project, newest first. Wrong keys are of no project, so they stand with the
   * default one.
   */
  async list_audit(http, { query }) {
    const page = readPage(query, "audit", "audit");
    const { home } = http.get("jobs");
    const { project } = http.get("caller");
    const lines = await listAudit(home, project, page);
    const refused = project === DEFAULT_PROJECT ? await listRefusedKeys(home, page) : [];
    const rows = [...lines, ...refused.map(toLine)]
      .sort((left, right) => (left.id < right.id ? 1 : -1))
      .slice(0, page.limit + 1);
    const { items, ...pages } = cutPage(http, rows, page, (entry) => entry.id);
    return { entries: items.map(viewEntry), ...pages };
  },
} satisfies Partial<Handlers<typeof ACCESS_ROUTES>>;

function toLine({ id, at, address, failures }: RefusedKeys): Omit<AuditRecord, "project"> {
  const detail = { failures, braked: failures >= WRONG_KEYS_ALLOWED };
  return { id, at, actor: address, action: "key.refused", target: null, detail };
}

function viewEntry(entry: Omit<AuditRecord, "project">): AuditEntry {
  return {
    audit_id: entry.id,
    at: isoTime(entry.at),
    actor: entry.actor,
    action: entry.action,
    target: entry.target,
    detail: entry.detail,
  };
}
