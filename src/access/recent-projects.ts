import { getProject, type ProjectRecord } from "../storage/projects.ts";

/** A change of a project's settings holds everywhere after this long, and at once in the isolate that made it. */
export const PROJECT_KEPT_MS = 1000;

let known = new WeakMap<D1Database, Map<string, { project: ProjectRecord; until: number }>>();

/**
 * A project as it was a second ago at most: under load that is one read a second instead of one a request. Keys are
 * never remembered; one that is withdrawn is refused from the next request on.
 */
export async function getRecentProject(
  db: D1Database,
  id: string,
  now: number,
): Promise<ProjectRecord | null> {
  const ofDatabase = known.get(db) ?? new Map();
  const remembered = ofDatabase.get(id);
  if (remembered !== undefined && remembered.until > now) return remembered.project;
  const project = await getProject(db, id);
  if (project === null) return null;
  // There are few projects a second; what is over must not pile up.
  for (const [other, { until }] of ofDatabase) if (until <= now) ofDatabase.delete(other);
  ofDatabase.set(id, { project, until: now + PROJECT_KEPT_MS });
  known.set(db, ofDatabase);
  return project;
}

/** After a change. */
export function forgetProjects(): void {
  known = new WeakMap();
}
