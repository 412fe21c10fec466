import { endedSessions, signingSecret } from "./schema.ts";
import { readRow, readRows, sql, transact } from "./sql.ts";
import { insert } from "./table.ts";

/** The stored half of the signing secret; the first caller makes it, everybody gets the same. */
export async function getSigningSecret(db: D1Database, candidate: string): Promise<string> {
  const [, read] = await transact<{ secret: string }>(db, [
    sql`${insert(signingSecret, { id: 1, secret: candidate })} ON CONFLICT DO NOTHING`,
    sql`SELECT secret FROM signing_secret WHERE id = 1`,
  ]);
  const [row] = read?.results ?? [];
  if (!row) throw new Error("the signing secret could not be stored");
  return row.secret;
}

export async function hasSessionEnded(db: D1Database, id: string): Promise<boolean> {
  return (await readRow(db, sql`SELECT 1 FROM ended_sessions WHERE id = ${id}`)) !== null;
}

/** Those of them that have. */
export async function listEndedSessions(db: D1Database, ids: readonly string[]): Promise<string[]> {
  const rows = await readRows<{ id: string }>(
    db,
    sql`SELECT id FROM ended_sessions WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
  return rows.map(({ id }) => id);
}

/** Remembers a sign-out until the cookie would have run out by itself, and forgets older ones. */
export async function endSession(
  db: D1Database,
  session: { id: string; until: number },
  now: number,
): Promise<void> {
  await transact(db, [
    sql`${insert(endedSessions, session)} ON CONFLICT DO NOTHING`,
    sql`DELETE FROM ended_sessions WHERE until < ${now}`,
  ]);
}
