import { type Said, said } from "../words/said.ts";

export const FIRST_MIGRATION = "0001_tables.sql";

/**
 * What is wrong with a database in which these migrations were applied, in their order; null: nothing. More than are
 * needed are well: after a rollback the code runs on them.
 */
export function findSchemaProblem(applied: readonly string[], needed: string): Said | null {
  const [first, newest] = [applied[0], applied.at(-1)];
  if (first === undefined || newest === undefined) return said("schema_missing.no_tables");
  if (first !== FIRST_MIGRATION) return said("schema_of_others");
  return newest >= needed ? null : said("schema_behind", { newest, needed });
}
