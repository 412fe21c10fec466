import type { JudgementEntry, JudgementStore } from "../judges/cache/judgement-store.ts";

const GET = "SELECT key, body FROM judgements WHERE key IN (SELECT value FROM json_each(?1))";
// One statement for all entries, and the first answer stays: what was judged once is never judged otherwise.
const PUT = `INSERT INTO judgements (key, body, created_at)
  SELECT value ->> 'key', value ->> 'body', ?2 FROM json_each(?1) WHERE true ON CONFLICT (key) DO NOTHING`;

/** Remembered judge answers in D1. */
export function createJudgementStore(db: D1Database, now: () => number): JudgementStore {
  return {
    async get(keys) {
      if (keys.length === 0) return new Map();
      const { results } = await db
        .prepare(GET)
        .bind(JSON.stringify(keys))
        .all<{ key: string; body: string }>();
      return new Map(results.map((row) => [row.key, row.body]));
    },
    async put(entries: readonly JudgementEntry[]) {
      if (entries.length === 0) return;
      await db.prepare(PUT).bind(JSON.stringify(entries), now()).run();
    },
  };
}
