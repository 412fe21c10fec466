/** The map of src/storage/databases.ts with two databases: the project `team` has one of its own. */
interface Bindings {
  DB: D1Database;
  SECOND: D1Database;
}

export function homeDatabase(env: Bindings): D1Database {
  return env.DB;
}

export function databaseOf(env: Bindings, project: string): D1Database {
  return project === "team" ? env.SECOND : env.DB;
}

export function allDatabases(env: Bindings): D1Database[] {
  return [env.DB, env.SECOND];
}
