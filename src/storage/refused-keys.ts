/** As many rows are kept, the newest. */
const KEPT = 10_000;

export interface RefusedKeys {
  id: string;
  /** Start of the time that is counted. */
  at: number;
  address: string;
  failures: number;
}

/** Counts one more, with one row written; gives the new count. */
export async function countRefusedKey(
  db: D1Database,
  { id, at, address }: Omit<RefusedKeys, "failures">,
): Promise<number> {
  const row = await db
    .prepare(
      `INSERT INTO refused_keys (id, at, address, failures) VALUES (?1, ?2, ?3, 1)
       ON CONFLICT (id) DO UPDATE SET failures = failures + 1 RETURNING failures`,
    )
    .bind(id, at, address)
    .first<{ failures: number }>();
  return row?.failures ?? 0;
}

/** One page, newest first, and one row more. */
export async function listRefusedKeys(
  db: D1Database,
  page: { limit: number; before: string | null },
): Promise<RefusedKeys[]> {
  const { results } = await db
    .prepare(
      `SELECT id, at, address, failures FROM refused_keys
       WHERE id < coalesce(?1, '~') ORDER BY id DESC LIMIT ?2`,
    )
    .bind(page.before, page.limit + 1)
    .all<RefusedKeys>();
  return results;
}

/** Addresses are people's: they go after the time given, and sooner when there are too many. */
export async function forgetRefusedKeys(db: D1Database, before: string): Promise<void> {
  await db.batch([
    db.prepare("DELETE FROM refused_keys WHERE id < ?1").bind(before),
    db
      .prepare(
        `DELETE FROM refused_keys WHERE id <= (SELECT id FROM refused_keys WHERE id < '~'
           ORDER BY id DESC LIMIT 1 OFFSET ?1)`,
      )
      .bind(KEPT),
  ]);
}
