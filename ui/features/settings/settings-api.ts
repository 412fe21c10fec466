import type * as z from "zod";
import type { ChangeProject, CreateKey, CreateProject } from "../../../src/contract/access.ts";
import type { CreateAlert } from "../../../src/contract/alert.ts";
import type { JudgeKind } from "../../../src/scoring/outcome.ts";
import { request } from "../../kit/api.ts";

/** Whose keys and log are meant: null for the project of the caller; an admin of the server may name another. */
export type ProjectChoice = string | null;

export type AlertWish = z.input<typeof CreateAlert>;
export type KeyWish = z.infer<typeof CreateKey>;
export type ProjectWish = z.input<typeof CreateProject>;
export type ProjectChange = z.infer<typeof ChangeProject>;

export function getSession(signal: AbortSignal) {
  return request("GET /api/session", { signal });
}

export function getKeys(project: ProjectChoice, cursor: string | null, signal: AbortSignal) {
  return request("GET /api/keys", { project, query: { cursor, limit: 50 }, signal });
}

/** The one answer that holds a key; it is shown once and kept nowhere. */
export function createKey(project: ProjectChoice, body: KeyWish) {
  return request("POST /api/keys", { project, body });
}

export async function renameKey(project: ProjectChoice, id: string, name: string): Promise<void> {
  await request("PATCH /api/keys/:key_id", { project, params: { key_id: id }, body: { name } });
}

export async function revokeKey(project: ProjectChoice, id: string): Promise<void> {
  await request("DELETE /api/keys/:key_id", { project, params: { key_id: id } });
}

export async function getProjects(signal: AbortSignal) {
  return (await request("GET /api/projects", { signal })).projects;
}

export function createProject(body: ProjectWish) {
  return request("POST /api/projects", { body });
}

export function changeProject(project: string, body: ProjectChange) {
  return request("PATCH /api/projects/:project", { params: { project }, body });
}

export function getAudit(project: ProjectChoice, cursor: string | null, signal: AbortSignal) {
  return request("GET /api/audit", { project, query: { cursor, limit: 30 }, signal });
}

/** Asks the judge one control question; takes as long as the judge does. */
export function testJudge(project: ProjectChoice) {
  return request("POST /api/judge/test", { project, body: {} });
}

export async function getJudges(project: ProjectChoice, signal: AbortSignal) {
  return (await request("GET /api/judges", { project, signal })).judges;
}

/** All parts of the check set, one request after the other; `onStep` is told the share that is done. */
export async function measureJudge(
  project: ProjectChoice,
  judge: JudgeKind,
  onStep: (share: number) => void,
) {
  for (let from = 0; ; ) {
    const step = await request("POST /api/judge/measure", { project, body: { judge, from } });
    if (step.next === null) return step;
    from = step.next;
    onStep(from / CHECK_SET_CLAIMS);
  }
}

/** How many there are, for the share of them that is done. */
const CHECK_SET_CLAIMS = 480;

export function testWebhook(project: ProjectChoice, url: string) {
  return request("POST /api/webhooks/test", { project, body: { url } });
}

export async function getAlerts(project: ProjectChoice, signal: AbortSignal) {
  return (await request("GET /api/alerts", { project, signal })).alerts;
}

export function createAlert(project: ProjectChoice, body: AlertWish) {
  return request("POST /api/alerts", { project, body });
}

export function deleteAlert(project: ProjectChoice, id: string) {
  return request("DELETE /api/alerts/:alert_id", { project, params: { alert_id: id } });
}
