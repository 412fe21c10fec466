import { omit, type RecordOf } from "./fields.ts";
import { projects } from "./schema.ts";
import { change, sql } from "./sql.ts";
import { columns, findAll, findOne, insert, set } from "./table.ts";

export const PROJECT_SETTINGS = omit(projects.fields, "id", "name", "createdAt");

export type ProjectSettings = RecordOf<typeof PROJECT_SETTINGS>;
export type ProjectRecord = RecordOf<typeof projects.fields>;

export function getProject(db: D1Database, id: string): Promise<ProjectRecord | null> {
  return findOne(
    db,
    projects.fields,
    sql`SELECT ${columns(projects.fields)} FROM projects WHERE id = ${id}`,
  );
}

export function listProjects(db: D1Database): Promise<ProjectRecord[]> {
  return findAll(
    db,
    projects.fields,
    sql`SELECT ${columns(projects.fields)} FROM projects ORDER BY id LIMIT 1000`,
  );
}

/** False: the id is taken. */
export async function insertProject(db: D1Database, project: ProjectRecord): Promise<boolean> {
  return (await change(db, sql`${insert(projects, project)} ON CONFLICT DO NOTHING`)) > 0;
}

export async function updateProject(
  db: D1Database,
  { id, createdAt: _, ...changes }: ProjectRecord,
): Promise<void> {
  await change(db, sql`UPDATE projects SET ${set(projects, changes)} WHERE id = ${id}`);
}
