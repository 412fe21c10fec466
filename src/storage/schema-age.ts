import { type Said, said } from "../words/said.ts";

/** The first and the newest of migrations/. Newer ones than this code knows are well: after a rollback it runs on them. */
export const FIRST_MIGRATION = "0001_init.sql";
export const NEWEST_MIGRATION = "0001_init.sql";

/** What is wrong with a database in which these migrations were applied, in their order; null: nothing. */
export function findSchemaProblem(
  applied: readonly string[],
  needed = NEWEST_MIGRATION,
): Said | null {
  const [first, newest] = [applied[0], applied.at(-1)];
  if (first === undefined || newest === undefined) return said("schema_missing.no_tables");
  if (first !== FIRST_MIGRATION) return said("schema_of_others");
  return newest >= needed ? null : said("schema_behind", { newest, needed });
}
