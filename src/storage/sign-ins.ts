/** The stored half of the signing secret; the first caller makes it, everybody gets the same. */
export async function getSigningSecret(db: D1Database, candidate: string): Promise<string> {
  const [, read] = await db.batch<{ secret: string }>([
    db
      .prepare("INSERT INTO signing_secret (id, secret) VALUES (1, ?1) ON CONFLICT DO NOTHING")
      .bind(candidate),
    db.prepare("SELECT secret FROM signing_secret WHERE id = 1"),
  ]);
  const [row] = read?.results ?? [];
  if (!row) throw new Error("the signing secret could not be stored");
  return row.secret;
}

export async function hasSessionEnded(db: D1Database, id: string): Promise<boolean> {
  return (await db.prepare("SELECT 1 FROM ended_sessions WHERE id = ?1").bind(id).first()) !== null;
}

/** Remembers a sign-out until the cookie would have run out by itself, and forgets older ones. */
export async function endSession(
  db: D1Database,
  session: { id: string; until: number },
  now: number,
): Promise<void> {
  await db.batch([
    db
      .prepare("INSERT INTO ended_sessions (id, until) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
      .bind(session.id, session.until),
    db.prepare("DELETE FROM ended_sessions WHERE until < ?1").bind(now),
  ]);
}
