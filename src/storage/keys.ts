import type { Role } from "../contract-access.ts";
import { type ProjectSettings, type SettingsRow, toProjectSettings } from "./projects.ts";

export interface KeyRecord {
  id: string;
  project: string;
  name: string;
  role: Role;
  prefix: string;
  createdAt: number;
  createdBy: string;
  expiresAt: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

/** A key with what decides about its holder; only the access room sees the digest. */
export interface KeyWithDigest extends KeyRecord {
  digest: string;
  settings: ProjectSettings;
}

interface KeyRow {
  id: string;
  project: string;
  name: string;
  role: Role;
  prefix: string;
  created_at: number;
  created_by: string;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}

const COLUMNS = `k.id, k.project, k.name, k.role, k.prefix, k.created_at, k.created_by, k.expires_at,
  k.last_used_at, k.revoked_at`;
const WITH_SETTINGS = `SELECT ${COLUMNS}, k.digest, p.redact, p.store_text, p.samples_per_day, p.judge_tokens_per_day,
    p.criteria, p.thresholds
  FROM access_keys AS k JOIN projects AS p ON p.id = k.project`;

function toKeyRecord(row: KeyRow): KeyRecord {
  return {
    id: row.id,
    project: row.project,
    name: row.name,
    role: row.role,
    prefix: row.prefix,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}

function toKeyWithDigest(row: (KeyRow & SettingsRow & { digest: string }) | null) {
  if (row === null) return null;
  return { ...toKeyRecord(row), digest: row.digest, settings: toProjectSettings(row) };
}

export async function insertKey(
  db: D1Database,
  key: KeyRecord & { digest: string },
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO access_keys (id, project, name, role, prefix, digest, created_at, created_by, expires_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
    )
    .bind(
      key.id,
      key.project,
      key.name,
      key.role,
      key.prefix,
      key.digest,
      key.createdAt,
      key.createdBy,
      key.expiresAt,
    )
    .run();
}

/** Finds a key of any project: this is how a request learns its project. */
export async function getKeyByPrefix(
  db: D1Database,
  prefix: string,
): Promise<KeyWithDigest | null> {
  return toKeyWithDigest(
    await db.prepare(`${WITH_SETTINGS} WHERE k.prefix = ?1`).bind(prefix).first(),
  );
}

/** The key behind a session. */
export async function getKeyById(
  db: D1Database,
  project: string,
  id: string,
): Promise<KeyWithDigest | null> {
  return toKeyWithDigest(
    await db
      .prepare(`${WITH_SETTINGS} WHERE k.project = ?1 AND k.id = ?2`)
      .bind(project, id)
      .first(),
  );
}

/** Newest first, revoked ones too: what was used once must stay explainable. */
export async function listKeys(
  db: D1Database,
  project: string,
  page: { limit: number; before: string | null },
): Promise<KeyRecord[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM access_keys AS k WHERE k.project = ?1 AND k.id < coalesce(?2, '~')
       ORDER BY k.id DESC LIMIT ?3`,
    )
    .bind(project, page.before, page.limit + 1)
    .all<KeyRow>();
  return results.map(toKeyRecord);
}

export async function renameKey(
  db: D1Database,
  project: string,
  id: string,
  name: string,
): Promise<KeyRecord | null> {
  const row = await db
    .prepare(
      `UPDATE access_keys AS k SET name = ?3 WHERE k.project = ?1 AND k.id = ?2
       RETURNING ${COLUMNS.replaceAll("k.", "")}`,
    )
    .bind(project, id, name)
    .first<KeyRow>();
  return row ? toKeyRecord(row) : null;
}

/** Revoking again keeps the first time; null: no such key in this project. */
export async function revokeKey(
  db: D1Database,
  project: string,
  id: string,
  now: number,
): Promise<KeyRecord | null> {
  const row = await db
    .prepare(
      `UPDATE access_keys AS k SET revoked_at = coalesce(k.revoked_at, ?3) WHERE k.project = ?1 AND k.id = ?2
       RETURNING ${COLUMNS.replaceAll("k.", "")}`,
    )
    .bind(project, id, now)
    .first<KeyRow>();
  return row ? toKeyRecord(row) : null;
}

export async function touchKey(db: D1Database, id: string, now: number): Promise<void> {
  await db.prepare("UPDATE access_keys SET last_used_at = ?2 WHERE id = ?1").bind(id, now).run();
}

/** Whether anybody could come in by a key at all. */
export async function hasUsableKey(db: D1Database, now: number): Promise<boolean> {
  const row = await db
    .prepare(
      "SELECT 1 FROM access_keys WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?1) LIMIT 1",
    )
    .bind(now)
    .first();
  return row !== null;
}
