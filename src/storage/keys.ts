import type { Sql } from "sql-template-tag";
import { omit, type RecordOf } from "./fields.ts";
import { PROJECT_SETTINGS, type ProjectSettings } from "./projects.ts";
import { accessKeys } from "./schema.ts";
import { change, readRow, readRows, sql } from "./sql.ts";
import { columns, decode, findAll, findOne, insert } from "./table.ts";

const KEY = omit(accessKeys.fields, "digest");

export type KeyRecord = RecordOf<typeof KEY>;

/** A key with what decides about its holder; only the access room sees the digest. */
export type KeyWithDigest = RecordOf<typeof accessKeys.fields> & { settings: ProjectSettings };

export async function insertKey(
  db: D1Database,
  key: KeyRecord & { digest: string },
): Promise<void> {
  await change(db, insert(accessKeys, key));
}

async function findWithSettings(db: D1Database, condition: Sql): Promise<KeyWithDigest | null> {
  const row = await readRow<Record<string, unknown>>(
    db,
    sql`SELECT ${columns(accessKeys.fields, "k")}, ${columns(PROJECT_SETTINGS, "p")}
      FROM access_keys AS k JOIN projects AS p ON p.id = k.project WHERE ${condition}`,
  );
  if (row === null) return null;
  return { ...decode(accessKeys.fields, row), settings: decode(PROJECT_SETTINGS, row) };
}

/** Finds a key of any project: this is how a request learns its project. */
export function getKeyByPrefix(db: D1Database, prefix: string): Promise<KeyWithDigest | null> {
  return findWithSettings(db, sql`k.prefix = ${prefix}`);
}

/** The key behind a session. */
export function getKeyById(
  db: D1Database,
  project: string,
  id: string,
): Promise<KeyWithDigest | null> {
  return findWithSettings(db, sql`k.project = ${project} AND k.id = ${id}`);
}

/** Those of them that still let somebody in. */
export async function listUsableKeys(
  db: D1Database,
  project: string,
  ids: readonly string[],
  now: number,
): Promise<string[]> {
  const rows = await readRows<{ id: string }>(
    db,
    sql`SELECT id FROM access_keys WHERE project = ${project}
      AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND ${isUsable(now)}`,
  );
  return rows.map(({ id }) => id);
}

/** SQL: neither withdrawn nor run out. */
function isUsable(now: number): Sql {
  return sql`revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now})`;
}

/** Newest first, revoked ones too: what was used once must stay explainable. */
export function listKeys(
  db: D1Database,
  project: string,
  page: { limit: number; before: string | null },
): Promise<KeyRecord[]> {
  return findAll(
    db,
    KEY,
    sql`SELECT ${columns(KEY)} FROM access_keys WHERE project = ${project} AND id < ${page.before ?? "~"}
      ORDER BY id DESC LIMIT ${page.limit + 1}`,
  );
}

export function renameKey(
  db: D1Database,
  project: string,
  id: string,
  name: string,
): Promise<KeyRecord | null> {
  return findOne(
    db,
    KEY,
    sql`UPDATE access_keys SET name = ${name} WHERE project = ${project} AND id = ${id} RETURNING ${columns(KEY)}`,
  );
}

/** Revoking again keeps the first time; null: no such key in this project. */
export function revokeKey(
  db: D1Database,
  project: string,
  id: string,
  now: number,
): Promise<KeyRecord | null> {
  return findOne(
    db,
    KEY,
    sql`UPDATE access_keys SET revoked_at = coalesce(revoked_at, ${now})
      WHERE project = ${project} AND id = ${id} RETURNING ${columns(KEY)}`,
  );
}

export async function touchKey(db: D1Database, id: string, now: number): Promise<void> {
  await change(db, sql`UPDATE access_keys SET last_used_at = ${now} WHERE id = ${id}`);
}

/** Whether anybody could come in by a key at all. */
export async function hasUsableKey(db: D1Database, now: number): Promise<boolean> {
  const row = await readRow(db, sql`SELECT 1 FROM access_keys WHERE ${isUsable(now)} LIMIT 1`);
  return row !== null;
}
