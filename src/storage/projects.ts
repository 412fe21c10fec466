import type { CriterionRequest, Thresholds } from "../contract.ts";
import type { RedactKind } from "../contract-access.ts";

export interface ProjectSettings {
  redact: RedactKind[];
  storeText: boolean;
  /** Of a day in UTC; null: no limit. */
  samplesPerDay: number | null;
  judgeTokensPerDay: number | null;
  /** Named by submissions as `criterion:<name>`. */
  criteria: CriterionRequest[];
  /** Where severities begin in new reports, by metric. */
  thresholds: Thresholds;
}

export interface ProjectRecord extends ProjectSettings {
  id: string;
  name: string;
  createdAt: number;
}

/** Settings of a project as they lie in the table; queries that join `projects` read these columns. */
export interface SettingsRow {
  redact: string;
  store_text: number;
  samples_per_day: number | null;
  judge_tokens_per_day: number | null;
  criteria: string;
  thresholds: string;
}

interface ProjectRow extends SettingsRow {
  id: string;
  name: string;
  created_at: number;
}

const COLUMNS = `id, name, created_at, redact, store_text, samples_per_day, judge_tokens_per_day, criteria,
  thresholds`;

export function toProjectSettings(row: SettingsRow): ProjectSettings {
  return {
    redact: JSON.parse(row.redact),
    storeText: row.store_text === 1,
    samplesPerDay: row.samples_per_day,
    judgeTokensPerDay: row.judge_tokens_per_day,
    criteria: JSON.parse(row.criteria),
    thresholds: JSON.parse(row.thresholds),
  };
}

function toProjectRecord(row: ProjectRow): ProjectRecord {
  return { id: row.id, name: row.name, createdAt: row.created_at, ...toProjectSettings(row) };
}

export async function getProject(db: D1Database, id: string): Promise<ProjectRecord | null> {
  const row = await db
    .prepare(`SELECT ${COLUMNS} FROM projects WHERE id = ?1`)
    .bind(id)
    .first<ProjectRow>();
  return row ? toProjectRecord(row) : null;
}

export async function listProjects(db: D1Database): Promise<ProjectRecord[]> {
  const { results } = await db
    .prepare(`SELECT ${COLUMNS} FROM projects ORDER BY id LIMIT 1000`)
    .all<ProjectRow>();
  return results.map(toProjectRecord);
}

/** False: the id is taken. */
export async function insertProject(db: D1Database, project: ProjectRecord): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO projects (${COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
       ON CONFLICT DO NOTHING`,
    )
    .bind(project.id, project.name, project.createdAt, ...settingsValues(project))
    .run();
  return meta.changes > 0;
}

export async function updateProject(db: D1Database, project: ProjectRecord): Promise<void> {
  await db
    .prepare(
      `UPDATE projects SET name = ?2, redact = ?3, store_text = ?4, samples_per_day = ?5,
         judge_tokens_per_day = ?6, criteria = ?7, thresholds = ?8 WHERE id = ?1`,
    )
    .bind(project.id, project.name, ...settingsValues(project))
    .run();
}

function settingsValues(settings: ProjectSettings) {
  return [
    JSON.stringify(settings.redact),
    settings.storeText ? 1 : 0,
    settings.samplesPerDay,
    settings.judgeTokensPerDay,
    JSON.stringify(settings.criteria),
    JSON.stringify(settings.thresholds),
  ] as const;
}
