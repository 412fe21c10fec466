import type { RecordOf } from "./fields.ts";
import { refusedKeys } from "./schema.ts";
import { readRow, sql, transact } from "./sql.ts";
import { columns, findAll, insert } from "./table.ts";

/** As many rows are kept, the newest. */
const KEPT = 10_000;

export type RefusedKeys = RecordOf<typeof refusedKeys.fields>;

/** Counts one more, with one row written; gives the new count. */
export async function countRefusedKey(
  db: D1Database,
  place: Omit<RefusedKeys, "failures">,
): Promise<number> {
  const row = await readRow<{ failures: number }>(
    db,
    sql`${insert(refusedKeys, { ...place, failures: 1 })}
      ON CONFLICT (id) DO UPDATE SET failures = failures + 1 RETURNING failures`,
  );
  return row?.failures ?? 0;
}

/** One page, newest first, and one row more. */
export function listRefusedKeys(
  db: D1Database,
  page: { limit: number; before: string | null },
): Promise<RefusedKeys[]> {
  return findAll(
    db,
    refusedKeys.fields,
    sql`SELECT ${columns(refusedKeys.fields)} FROM refused_keys
      WHERE id < ${page.before ?? "~"} ORDER BY id DESC LIMIT ${page.limit + 1}`,
  );
}

/** Addresses are people's: they go after the time given, and sooner when there are too many. */
export async function forgetRefusedKeys(db: D1Database, before: string): Promise<void> {
  await transact(db, [
    sql`DELETE FROM refused_keys WHERE id < ${before}`,
    sql`DELETE FROM refused_keys WHERE id <= (SELECT id FROM refused_keys WHERE id < '~'
        ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`,
  ]);
}
