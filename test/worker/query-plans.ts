import { env } from "cloudflare:workers";
import { afterAll, expect } from "vitest";

// SQLite is never told how many rows a table has here. Left a choice it may take a small list last and walk a large
// table for it, as a trigger once did for every finished run; a test with three rows does not notice.

/** A handful of rows each, whatever the service has done. */
const SMALL = new Set([
  "projects",
  "access_keys",
  "ended_sessions",
  "facts",
  "breaker",
  "alert_rules",
  "channels",
  "test_sets",
  "targets",
  "schedules",
  "d1_migrations",
]);

/** Notes every statement of the test file; looks at their plans when its tests are over, and at those of all triggers. */
export function watchQueryPlans(): void {
  const seen = new Set<string>();
  const database = Object.getPrototypeOf(env.DB) as D1Database;
  const prepare = database.prepare;
  database.prepare = function (sql) {
    if (!seen.has(sql) && isAskedBySource()) seen.add(sql);
    return prepare.call(this, sql);
  };
  afterAll(async () => {
    // Other files run in this isolate too.
    database.prepare = prepare;
    const read = async <T>(sql: string, values: null[] = []) =>
      (
        await prepare
          .call(env.DB, sql)
          .bind(...values)
          .all<T>()
      ).results;
    const schema = await read<{ type: string; name: string; sql: string }>(
      "SELECT type, name, sql FROM sqlite_master",
    );
    const tables = new Set(
      schema
        .filter(({ type, name }) => type === "table" && !SMALL.has(name))
        .map(({ name }) => name),
    );
    const triggers = schema.filter(({ type }) => type === "trigger");
    const walks: string[] = [];
    for (const sql of [...seen, ...triggers.flatMap((trigger) => statementsOf(trigger.sql))]) {
      const text = sql.replaceAll(/\s+/g, " ").trim();
      if (!/^(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(text)) continue;
      const parameters = [...sql.matchAll(/\?(\d+)/g)].map(([, n]) => Number(n));
      const values = Array<null>(Math.max(0, ...parameters)).fill(null);
      // Some are broken on purpose, and have no plan.
      const plan = await read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values).catch(
        () => [],
      );
      walks.push(...findWalks(text, plan, tables).map((walk) => `${walk}: ${text}`));
    }
    expect(walks).toEqual([]);
  });
}

/** Whether one of ours is among the callers. Their names alone: what they are in the sources costs more than a statement. */
function isAskedBySource(): boolean {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_error, callers) => callers;
  const error: { stack?: NodeJS.CallSite[] } = {};
  Error.captureStackTrace(error);
  const callers = error.stack ?? [];
  Error.prepareStackTrace = prepareStackTrace;
  return callers.some((caller) => caller.getFileName()?.includes("/src/"));
}

/** `SCAN jobs`, or `SEARCH jobs USING PRIMARY KEY (project=?)`: with one project the same. */
function findWalks(
  text: string,
  plan: readonly { detail: string }[],
  tables: ReadonlySet<string>,
): string[] {
  const names = new Map<string, string>();
  for (const [, table = "", alias] of text.matchAll(
    /\b(?:FROM|JOIN|UPDATE) (\w+)(?: AS (\w+))?/g,
  )) {
    names.set(alias ?? table, table);
  }
  return plan.flatMap(({ detail }) => {
    const [, verb, name = "", how = ""] = /^(SCAN|SEARCH) (\w+)(.*)$/.exec(detail) ?? [];
    if (!tables.has(names.get(name) ?? "")) return [];
    return verb === "SCAN" || how.includes("(project=?)") ? [detail] : [];
  });
}

/** What a trigger does, with parameters for the rows it is given. */
function statementsOf(trigger: string): string[] {
  const body = /\bBEGIN\b([\s\S]*)\bEND\b/.exec(trigger)?.[1] ?? "";
  const given = body.replaceAll(/--.*/g, "").replaceAll(/\b(NEW|OLD)\.\w+/g, "?1");
  return given.split(/;\s*(?=\n|$)/);
}
