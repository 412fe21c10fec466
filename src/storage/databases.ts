/** The bindings of databases, as `wrangler.toml` names them. */
interface Bindings {
  DB: D1Database;
}

// The map project → database, whole. One database holds everything today; to divide it bind more of them, apply the
// migrations to each, and answer here by project. Every statement of this room names its project, so none spans two.

/** Who may come in and what was done: projects, keys, share links, sign-ins, the audit log. */
export function homeDatabase(env: Bindings): D1Database {
  return env.DB;
}

/** All else of a project: jobs, samples, runs, sessions, trends, alerts, deliveries, judgements, quotas. */
export function databaseOf(env: Bindings, _project: string): D1Database {
  return env.DB;
}

/** Each once, for what looks after all projects: sweep, alerts, retention. */
export function allDatabases(env: Bindings): D1Database[] {
  return [env.DB];
}
