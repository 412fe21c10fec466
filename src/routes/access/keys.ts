import { actorOf, audit } from "../../access/audit.ts";
import { createKeySecret, digestKey } from "../../access/key-secret.ts";
import { type CreatedKey, CreateKey, type KeyInfo, RenameKey } from "../../contract-access.ts";
import { AppError } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import { readJsonBody } from "../../http/json-body.ts";
import { cutPage, linkNextPage, readPage } from "../../http/page.ts";
import { readQuery } from "../../http/read-query.ts";
import { insertKey, type KeyRecord, listKeys, renameKey, revokeKey } from "../../storage/keys.ts";
import { said } from "../../words/said.ts";
import { isoTime } from "../jobs/job-view.ts";
import { PageQuery } from "../queries.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** `GET /api/keys`: those of the project, without the keys themselves, which nobody has any more. */
export async function getKeys(http: Http): Promise<Response> {
  const page = readPage(readQuery(http, PageQuery), "keys", "key");
  const rows = await listKeys(http.get("jobs").home, http.get("caller").project, page);
  const { items, next_cursor, has_more } = cutPage(rows, page, "keys", (key) => key.id);
  linkNextPage(http, next_cursor);
  return http.json({ keys: items.map(viewKey), next_cursor, has_more });
}

/** `POST /api/keys`: the one answer that shows a key. */
export async function postKey(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const wish = await readJsonBody(http, CreateKey);
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
  await insertKey(context.home, { ...record, digest: await digestKey(key) });
  await audit(context, caller, {
    action: "key.created",
    target: record.id,
    detail: { name: record.name, role: record.role, prefix },
  });
  return http.json({ ...viewKey(record), key } satisfies CreatedKey, 201);
}

/** `PATCH /api/keys/{key_id}` */
export async function patchKey(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const { name } = await readJsonBody(http, RenameKey);
  const id = keyIdOf(http);
  const key = await renameKey(context.home, caller.project, id, name);
  if (!key) throw keyNotFound(id);
  await audit(context, caller, { action: "key.renamed", target: id, detail: { name } });
  return http.json(viewKey(key));
}

/** `DELETE /api/keys/{key_id}`: revokes at once, with every session opened by the key. The row stays. */
export async function deleteKey(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const id = keyIdOf(http);
  const key = await revokeKey(context.home, caller.project, id, context.now());
  if (!key) throw keyNotFound(id);
  await audit(context, caller, {
    action: "key.revoked",
    target: id,
    detail: { name: key.name, prefix: key.prefix },
  });
  return http.body(null, 204);
}

function keyIdOf(http: Http): string {
  return http.req.param("key_id") ?? "";
}

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
