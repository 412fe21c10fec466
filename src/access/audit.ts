import type { JobContext } from "../jobs/context.ts";
import { type AuditRecord, insertAudit } from "../storage/audit.ts";
import type { Caller } from "./caller.ts";

/** Appends one line to the audit log of the caller's project; ids, names and settings, never a judged text. */
export async function audit(
  context: Pick<JobContext, "home" | "now" | "newId">,
  caller: Pick<Caller, "project" | "via" | "id" | "name">,
  entry: { action: string; target: string | null; detail?: AuditRecord["detail"] },
): Promise<void> {
  await insertAudit(context.home, {
    project: caller.project,
    id: `aud_${context.newId()}`,
    at: context.now(),
    actor: actorOf(caller),
    action: entry.action,
    target: entry.target?.slice(0, 200) ?? null,
    detail: entry.detail ?? {},
  });
}

/** How a caller is written down: what let them in, and who it was. */
export function actorOf(caller: Pick<Caller, "via" | "id" | "name">): string {
  return caller.via === "key" ? `key:${caller.id} (${caller.name})` : caller.name;
}
