import { noteFull } from "./space.ts";
import { isFull, isTransient } from "./storage-failure.ts";

const PAUSES_MS = [50, 200, 600];

const kept = new WeakMap<D1Database, D1Database>();

/** One for each database: what is remembered of a database is found under it by the next request too. */
export function retryTransient(db: D1Database): D1Database {
  const known = kept.get(db) ?? retryWith(db);
  kept.set(db, known);
  return known;
}

/**
 * A database that asks again after a passing failure, with a growing pause and jitter. Every statement of ours may
 * run twice: moves carry their own conditions, inserts do nothing when the row is there. The one place that retries.
 */
export function retryWith(
  db: D1Database,
  pause: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  random: () => number = Math.random,
): D1Database {
  async function again<T>(run: () => Promise<T>): Promise<T> {
    for (const pauseMs of PAUSES_MS) {
      try {
        return await run();
      } catch (error) {
        if (isFull(error)) noteFull();
        if (!isTransient(error)) throw error;
        await pause(pauseMs * (0.5 + random()));
      }
    }
    return run();
  }
  return withMethods(db, {
    prepare: (sql: string) => wrapStatement(db.prepare(sql), again),
    batch: (statements: D1PreparedStatement[]) => again(() => db.batch(statements.map(unwrap))),
  });
}

type Again = <T>(run: () => Promise<T>) => Promise<T>;

/** The statements behind the wrapped ones: `batch` hands them to the platform, which knows only its own. */
const inner = new WeakMap<object, D1PreparedStatement>();

function unwrap(statement: D1PreparedStatement): D1PreparedStatement {
  return inner.get(statement) ?? statement;
}

function wrapStatement(statement: D1PreparedStatement, again: Again): D1PreparedStatement {
  const wrapped = withMethods(statement, {
    bind: (...values: unknown[]) => wrapStatement(statement.bind(...values), again),
    first: (column?: string) =>
      again(() => (column === undefined ? statement.first() : statement.first(column))),
    run: () => again(() => statement.run()),
    all: () => again(() => statement.all()),
  });
  inner.set(wrapped, statement);
  return wrapped;
}

/** The same object with some methods replaced; the rest stays the platform's. */
export function withMethods<T extends object>(target: T, replaced: Record<string, unknown>): T {
  return new Proxy(target, {
    get(original, name) {
      if (typeof name === "string" && Object.hasOwn(replaced, name)) return replaced[name];
      const value: unknown = Reflect.get(original, name);
      return typeof value === "function" ? value.bind(original) : value;
    },
  });
}
