import { facts } from "./schema.ts";
import { change, readRow, readRows, sql } from "./sql.ts";
import { insert } from "./table.ts";

// Small facts of the service itself, each with the time until which it holds.

/** One that lies farther ahead was taken before the clock was set back. */
const LONGEST_TURN_MS = 120_000;

/** True for exactly one caller until `until`; the others go away. */
export async function takeTurn(
  db: D1Database,
  name: string,
  now: number,
  until: number,
): Promise<boolean> {
  const row = await readRow(
    db,
    sql`${insert(facts, { name, value: "", until })}
      ON CONFLICT (name) DO UPDATE SET until = excluded.until
        WHERE facts.until <= ${now} OR facts.until > ${Math.max(until, now + LONGEST_TURN_MS)}
      RETURNING name`,
  );
  return row !== null;
}

export async function readFact(db: D1Database, name: string): Promise<string | null> {
  const row = await readRow<{ value: string }>(
    db,
    sql`SELECT value FROM facts WHERE name = ${name}`,
  );
  return row?.value ?? null;
}

/** Of a fact that is there: whoever took the turn says what came of it. */
export async function writeFact(db: D1Database, name: string, value: string): Promise<void> {
  await change(db, sql`UPDATE facts SET value = ${value} WHERE name = ${name}`);
}

/** Delays of a queue are whole seconds. */
const SAME_LOOK_MS = 1000;

/**
 * Notes that a message to look for work comes at `at`. False: one comes before, or one for this very moment is under way
 * since a nearer one overtook it.
 */
export async function planLook(db: D1Database, now: number, at: number): Promise<boolean> {
  const row = await readRow<{ value: string }>(
    db,
    sql`${insert(facts, { name: "look", value: "", until: at })}
      ON CONFLICT (name) DO UPDATE SET until = excluded.until,
          value = CASE WHEN facts.until > ${now} THEN facts.until ELSE facts.value END
        WHERE facts.until <= ${now} OR facts.until > ${at + SAME_LOOK_MS}
      RETURNING value`,
  );
  return row !== null && row.value !== String(at);
}

/** Until when somebody listens to jobs of the project; 0: nobody has. */
export async function listenedUntil(db: D1Database, project: string): Promise<number> {
  const row = await readRow<{ until: number }>(
    db,
    sql`SELECT until FROM facts WHERE name = ${`listened ${project}`}`,
  );
  return row?.until ?? 0;
}

export async function noteListened(db: D1Database, project: string, until: number): Promise<void> {
  await change(
    db,
    sql`${insert(facts, { name: `listened ${project}`, value: "", until })}
      ON CONFLICT (name) DO UPDATE SET until = excluded.until`,
  );
}

/** The applied migrations in their order; none when there is no schema yet. */
export async function listMigrations(db: D1Database): Promise<string[]> {
  const rows = await readRows<{ name: string }>(
    db,
    sql`SELECT name FROM d1_migrations ORDER BY id`,
  ).catch((error: unknown) => {
    if (error instanceof Error && /no such table/i.test(error.message)) return [];
    throw error;
  });
  return rows.map(({ name }) => name);
}
