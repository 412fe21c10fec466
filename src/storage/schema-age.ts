export const FIRST_MIGRATION = "0001_init.sql";

/** Of a database whose tables were not made by our first migration; in both languages, for people. */
export const FOREIGN_SCHEMA = `The tables of the database are those of an earlier version, which are not carried on. Begin a new database and leave this one as it is: on your own machine \`npm start -- --persist-to .wrangler/new\`; on Cloudflare give it another \`database_name\` in wrangler.toml (without a \`database_id\`) and run \`npm run deploy\`. 该数据库的表由更早的版本创建，无法沿用。请保留它，另建一个新数据库：本机运行 \`npm start -- --persist-to .wrangler/new\`；在 Cloudflare 上请在 wrangler.toml 中换一个 \`database_name\`（去掉 \`database_id\`），再运行 \`npm run deploy\`。`;

/**
 * What is wrong with a database in which these migrations were applied, in their order; null: nothing. More than are
 * needed are well: after a rollback the code runs on them.
 */
export function findSchemaProblem(applied: readonly string[], needed: string): string | null {
  const [first, newest] = [applied[0], applied.at(-1)];
  if (first === undefined || newest === undefined) {
    return "The database has no tables yet; apply the migrations.";
  }
  if (first !== FIRST_MIGRATION) return FOREIGN_SCHEMA;
  if (newest >= needed) return null;
  return `The tables of the database are as ${newest} left them, and this version needs ${needed}. Run \`npm start\` or \`npm run deploy\`, which apply what is missing. 数据库的表停留在 ${newest}，本版本需要 ${needed}：请运行 \`npm start\` 或 \`npm run deploy\` 补上缺少的迁移。`;
}
