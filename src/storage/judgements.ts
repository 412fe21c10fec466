import { pick, type RecordOf } from "./fields.ts";
import { judgements } from "./schema.ts";
import { change, sql } from "./sql.ts";
import { columns, findAll } from "./table.ts";

const ENTRY = pick(judgements.fields, "key", "body");

/** Remembered judge answers in D1. */
export function createJudgementStore(db: D1Database, now: () => number) {
  return {
    async get(keys: readonly string[]): Promise<Map<string, string>> {
      if (keys.length === 0) return new Map();
      const known = await findAll(
        db,
        ENTRY,
        sql`SELECT ${columns(ENTRY)} FROM judgements
          WHERE key IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`,
      );
      return new Map(known.map(({ key, body }) => [key, body]));
    },
    async put(entries: readonly RecordOf<typeof ENTRY>[]): Promise<void> {
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
