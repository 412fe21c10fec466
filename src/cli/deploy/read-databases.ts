import { readFileSync } from "node:fs";

export interface NamedDatabase {
  binding: string;
  name: string;
}

/** The databases of wrangler.toml, in their order; the first is home. */
export function readDatabases(path = "wrangler.toml"): NamedDatabase[] {
  const tables = readFileSync(path, "utf8").split(/^\[/m);
  return tables
    .filter((table) => table.startsWith("[d1_databases]]"))
    .map((table) => ({
      binding: readText(table, "binding"),
      name: readText(table, "database_name"),
    }));
}

function readText(table: string, key: string): string {
  const value = table.match(new RegExp(`^\\s*${key}\\s*=\\s*["'](.+?)["']`, "m"))?.[1];
  if (value === undefined) throw new Error(`A database in wrangler.toml has no ${key}.`);
  return value;
}
