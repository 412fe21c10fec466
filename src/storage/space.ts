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
  await db.batch([
    db
      .prepare(
        `INSERT INTO facts (name, value, until) VALUES (?1, printf('%.*c', ?2, 'x'), 0)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      )
      .bind(NAME, CHARACTERS),
    db.prepare("DELETE FROM facts WHERE name = ?1").bind(NAME),
  ]);
  wasFull = false;
}
