import { facts } from "./schema.ts";
import { sql, transact } from "./sql.ts";
import { insert } from "./table.ts";

/** A write of this isolate found no space, and none has found any since. */
let wasFull = false;

export function noteFull(): void {
  wasFull = true;
}

const NAME = "space_probe";
/** More than the free places of the pages in use. */
const CHARACTERS = 65_536;

/**
 * Finds out whether writes find space again. Only after one that did not is another tried, so this costs nothing as a rule.
 * @throws what the database says
 */
export async function checkSpace(db: D1Database): Promise<void> {
  if (!wasFull) return;
  const text = sql`printf('%.*c', ${CHARACTERS}, 'x')`;
  await transact(db, [
    sql`${insert(facts, { name: NAME, value: text })} ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    sql`DELETE FROM facts WHERE name = ${NAME}`,
  ]);
  wasFull = false;
}
