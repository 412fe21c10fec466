import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { layOut } from "../../src/storage/fields.ts";
import { TABLES } from "./tables.ts";

interface ColumnInfo {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** What the migrations made, in the words of SQLite. */
async function readColumns(table: string) {
  const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<ColumnInfo>();
  return results
    .map(({ name, type, notnull, dflt_value, pk }) => ({
      name,
      type,
      // What is a rowid as well is never null, and not called so.
      notnull: pk > 0 ? 1 : notnull,
      dflt_value,
      pk,
    }))
    .sort(byName);
}

const literal = (value: string | number) => (typeof value === "string" ? `'${value}'` : `${value}`);

describe("the tables as the code describes them are those the migrations make", () => {
  for (const described of TABLES) {
    it(described.name, async () => {
      const keys: readonly string[] = described.key;
      const expected = layOut(described.fields).flatMap(({ key, columns }) =>
        columns.map(({ name, type, isNullable, initial }) => ({
          name,
          type,
          notnull: isNullable ? 0 : 1,
          dflt_value: initial === undefined || initial === null ? null : literal(initial),
          pk: keys.indexOf(key) + 1,
        })),
      );
      expect(await readColumns(described.name)).toEqual(expected.sort(byName));
    });
  }

  it("none is missing", async () => {
    const { results } = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT IN ('d1_migrations', 'sqlite_sequence')",
    ).all<{ name: string }>();
    expect(results.map(({ name }) => name).sort()).toEqual(TABLES.map(({ name }) => name).sort());
  });
});
