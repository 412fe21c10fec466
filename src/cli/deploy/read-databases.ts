import { readFileSync } from "node:fs";

export interface NamedDatabase {
  binding: string;
  name: string;
}

/** The databases of wrangler.toml, in their order; the first is home. */
export function readDatabases(path = "wrangler.toml"): NamedDatabase[] {
  return readTables(path, "d1_databases").map((table) => ({
    binding: readText(table, "binding"),
    name: readText(table, "database_name"),
  }));
}

/** The names of the queues the Worker sends to, which are all it has. */
export function readQueues(path = "wrangler.toml"): string[] {
  return readTables(path, "queues.producers").map((table) => readText(table, "queue"));
}

function readTables(path: string, name: string): string[] {
  const tables = readFileSync(path, "utf8").split(/^\[/m);
  return tables.filter((table) => table.startsWith(`[${name}]]`));
}

function readText(table: string, key: string): string {
  const value = table.match(new RegExp(`^\\s*${key}\\s*=\\s*["'](.+?)["']`, "m"))?.[1];
  if (value === undefined) throw new Error(`A table in wrangler.toml has no ${key}: [${table}`);
  return value;
}
