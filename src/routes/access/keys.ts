import { actorOf, audit } from "../../access/audit.ts";
import { createKeySecret } from "../../access/key-secret.ts";
import type { KeyInfo } from "../../contract/access.ts";
import { AppError } from "../../errors.ts";
import { cutPage, readPage } from "../../http/page.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { digestHex } from "../../sha256.ts";
import { insertKey, type KeyRecord, listKeys, renameKey, revokeKey } from "../../storage/keys.ts";
import { said } from "../../words/said.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { ACCESS_ROUTES } from "./routes.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export const KEY_HANDLERS = {
  /** Those of the project, without the keys themselves, which nobody has any more. */
  async list_keys(http, { query }) {
    const page = readPage(query, "keys", "key");
    const rows = await listKeys(http.get("jobs").home, http.get("caller").project, page);
    const { items, ...pages } = cutPage(http, rows, page, (key) => key.id);
    return { keys: items.map(viewKey), ...pages };
  },

  /** The one answer that shows a key. */
  async create_key(http, { body: wish }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    const { key, prefix } = createKeySecret(caller.project);
    const now = context.now();
    const record: KeyRecord = {
      id: `key_${context.newId()}`,
      project: caller.project,
      name: wish.name,
      role: wish.role,
      prefix,
      createdAt: now,
      createdBy: actorOf(caller),
      expiresAt: wish.expires_in_days === null ? null : now + wish.expires_in_days * DAY_MS,
      lastUsedAt: null,
      revokedAt: null,
    };
    await insertKey(context.home, { ...record, digest: await digestHex(key) });
    await audit(context, caller, {
      action: "key.created",
      target: record.id,
      detail: { name: record.name, role: record.role, prefix },
    });
    return { ...viewKey(record), key };
  },

  async rename_key(http, { params: { key_id: id }, body: { name } }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    const key = await renameKey(context.home, caller.project, id, name);
    if (!key) throw keyNotFound(id);
    await audit(context, caller, { action: "key.renamed", target: id, detail: { name } });
    return viewKey(key);
  },

  /** Revokes at once, with every session opened by the key. The row stays. */
  async revoke_key(http, { params: { key_id: id } }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    const key = await revokeKey(context.home, caller.project, id, context.now());
    if (!key) throw keyNotFound(id);
    await audit(context, caller, {
      action: "key.revoked",
      target: id,
      detail: { name: key.name, prefix: key.prefix },
    });
  },
} satisfies Partial<Handlers<typeof ACCESS_ROUTES>>;

function keyNotFound(id: string): AppError {
  return new AppError(said("not_found.key", { id: id.slice(0, 100) }));
}

function viewKey(key: KeyRecord): KeyInfo {
  return {
    key_id: key.id,
    name: key.name,
    role: key.role,
    prefix: key.prefix,
    project: key.project,
    created_at: isoTime(key.createdAt),
    created_by: key.createdBy,
    expires_at: key.expiresAt === null ? null : isoTime(key.expiresAt),
    last_used_at: key.lastUsedAt === null ? null : isoTime(key.lastUsedAt),
    revoked_at: key.revokedAt === null ? null : isoTime(key.revokedAt),
  };
}
