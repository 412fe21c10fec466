import type { JudgementEntry, JudgementStore } from "../judges/cache/judgement-store.ts";
import { change, readRows, sql } from "./sql.ts";

/** Remembered judge answers in D1. */
export function createJudgementStore(db: D1Database, now: () => number): JudgementStore {
  return {
    async get(keys) {
      if (keys.length === 0) return new Map();
      const rows = await readRows<{ key: string; body: string }>(
        db,
        sql`SELECT key, body FROM judgements WHERE key IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`,
      );
      return new Map(rows.map((row) => [row.key, row.body]));
    },
    async put(entries: readonly JudgementEntry[]) {
      if (entries.length === 0) return;
      // One statement for all entries, and the first answer stays: what was judged once is never judged otherwise.
      await change(
        db,
        sql`INSERT INTO judgements (key, body, created_at)
          SELECT value ->> 'key', value ->> 'body', ${now()} FROM json_each(${JSON.stringify(entries)})
          WHERE true ON CONFLICT (key) DO NOTHING`,
      );
    },
  };
}
