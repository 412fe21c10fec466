import type * as z from "zod";
import type {
  AuditEntry,
  ChangeProject,
  CreatedKey,
  CreateKey,
  CreateProject,
  JudgeTest,
  KeyInfo,
  Project,
  SessionInfo,
  WebhookTest,
} from "../../../src/contract-access.ts";
import type { Alert, CreateAlert } from "../../../src/contract-insight.ts";
import { send } from "../../kit/api.ts";

export interface KeyPage {
  keys: KeyInfo[];
  next_cursor: string | null;
}

export interface AuditPage {
  entries: AuditEntry[];
  next_cursor: string | null;
}

/** Whose keys and log are meant: null for the project of the caller; an admin of the server may name another. */
export type ProjectChoice = string | null;

export type AlertWish = z.input<typeof CreateAlert>;
export type KeyWish = z.infer<typeof CreateKey>;
export type ProjectWish = z.input<typeof CreateProject>;
export type ProjectChange = z.infer<typeof ChangeProject>;

export async function getSession(signal: AbortSignal): Promise<SessionInfo> {
  return (await send("/api/session", { signal })).json();
}

export async function getKeys(
  project: ProjectChoice,
  cursor: string | null,
  signal: AbortSignal,
): Promise<KeyPage> {
  const path = withCursor("/api/keys?limit=50", cursor);
  return (await send(path, { headers: meaning(project), signal })).json();
}

/** The one answer that holds a key; it is shown once and kept nowhere. */
export async function createKey(project: ProjectChoice, wish: KeyWish): Promise<CreatedKey> {
  return (await sendBody("POST", "/api/keys", wish, project)).json();
}

export async function renameKey(project: ProjectChoice, id: string, name: string): Promise<void> {
  await sendBody("PATCH", `/api/keys/${encodeURIComponent(id)}`, { name }, project);
}

export async function revokeKey(project: ProjectChoice, id: string): Promise<void> {
  await send(`/api/keys/${encodeURIComponent(id)}`, {
    method: "DELETE",
    headers: meaning(project),
  });
}

export async function getProjects(signal: AbortSignal): Promise<Project[]> {
  const answer = await send("/api/projects", { signal });
  return ((await answer.json()) as { projects: Project[] }).projects;
}

export async function createProject(wish: ProjectWish): Promise<Project> {
  return (await sendBody("POST", "/api/projects", wish, null)).json();
}

export async function changeProject(id: string, change: ProjectChange): Promise<Project> {
  return (await sendBody("PATCH", `/api/projects/${encodeURIComponent(id)}`, change, null)).json();
}

export async function getAudit(
  project: ProjectChoice,
  cursor: string | null,
  signal: AbortSignal,
): Promise<AuditPage> {
  const path = withCursor("/api/audit?limit=30", cursor);
  return (await send(path, { headers: meaning(project), signal })).json();
}

function withCursor(path: string, cursor: string | null): string {
  return cursor === null ? path : `${path}&cursor=${encodeURIComponent(cursor)}`;
}

function meaning(project: ProjectChoice): Record<string, string> {
  return project === null ? {} : { "X-Project": project };
}

function sendBody(method: string, path: string, body: object, project: ProjectChoice) {
  const headers = { "Content-Type": "application/json", ...meaning(project) };
  return send(path, { method, headers, body: JSON.stringify(body) });
}

/** Asks the judge one control question; takes as long as the judge does. */
export async function testJudge(project: ProjectChoice): Promise<JudgeTest> {
  return (await sendBody("POST", "/api/judge/test", {}, project)).json();
}

export async function testWebhook(project: ProjectChoice, url: string): Promise<WebhookTest> {
  return (await sendBody("POST", "/api/webhooks/test", { url }, project)).json();
}

export async function getAlerts(project: ProjectChoice, signal: AbortSignal): Promise<Alert[]> {
  const answer = await send("/api/alerts", { headers: meaning(project), signal });
  return ((await answer.json()) as { alerts: Alert[] }).alerts;
}

export async function createAlert(project: ProjectChoice, wish: AlertWish): Promise<Alert> {
  return (await sendBody("POST", "/api/alerts", wish, project)).json();
}

export async function deleteAlert(project: ProjectChoice, id: string): Promise<void> {
  await send(`/api/alerts/${encodeURIComponent(id)}`, {
    method: "DELETE",
    headers: meaning(project),
  });
}
