import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { CreatedKey, CreatedShare, Role } from "../../src/contract/access.ts";
import { checkDocumented } from "./documented.ts";
import { pause, SAMPLE_EN, SAMPLE_ZH, until } from "./http.ts";
import worker from "./main.ts";

export const ADMIN_KEY = "a-long-enough-admin-key";
export const ORIGIN = "https://touchstone.test";

export interface Question {
  method?: string;
  headers?: Record<string, string>;
  json?: unknown;
  body?: BodyInit;
  /** Settings other than those of a closed server with ADMIN_KEY; undefined takes one away. */
  vars?: Record<string, unknown>;
}

/** Asks the Worker as a closed server, whatever the settings of the other tests are. */
export async function ask(path: string, question: Question = {}): Promise<Response> {
  const headers = new Headers(question.headers);
  if (question.json !== undefined) headers.set("Content-Type", "application/json");
  const body = question.json === undefined ? question.body : JSON.stringify(question.json);
  const request = new Request(`${ORIGIN}${path}`, {
    method: question.method ?? (body === undefined ? "GET" : "POST"),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const vars = { ACCESS_MODE: undefined, ADMIN_KEY, KEY_RATE: undefined, ...question.vars };
  const execution = createExecutionContext();
  const answer = await worker.fetch(request as never, { ...env, ...vars } as never, execution);
  // Read to its end: a stream of R2 left open would keep the storage of the test from closing.
  const bytes = answer.body === null ? null : await answer.arrayBuffer();
  await waitOnExecutionContext(execution);
  const whole = new Response(bytes, answer as never);
  await checkDocumented(request.method, request.url, whole);
  return whole;
}

export const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
export const asAdmin = (project = "default") => ({
  ...bearer(ADMIN_KEY),
  "X-Project": project,
});

export async function createProject(project: string, settings: object = {}): Promise<void> {
  const answer = await ask("/api/projects", {
    json: { project, name: project, ...settings },
    headers: asAdmin(),
  });
  if (answer.status !== 201) throw new Error(`project: ${answer.status} ${await answer.text()}`);
}

export async function createKey(project: string, role: Role, name = `${role} key`) {
  const answer = await ask("/api/keys", { json: { name, role }, headers: asAdmin(project) });
  if (answer.status !== 201) throw new Error(`key: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as CreatedKey;
}

/** A finished job with its run. */
export async function scoreOne(
  key: string,
  sample: object = SAMPLE_ZH,
): Promise<{ job_id: string; run_id: string }> {
  const answer = await ask("/api/score", { json: sample, headers: bearer(key) });
  if (answer.status !== 200) throw new Error(`score: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

export async function shareRun(key: string, runId: string): Promise<CreatedShare> {
  const answer = await ask(`/api/runs/${runId}/share`, { json: {}, headers: bearer(key) });
  if (answer.status !== 201) throw new Error(`share: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Signs in and gives the cookie as a browser would send it. */
export async function signIn(key: string, vars: Record<string, unknown> = {}): Promise<string> {
  const answer = await ask("/api/session", { json: { key }, headers: { Origin: ORIGIN }, vars });
  if (answer.status !== 201) throw new Error(`sign in: ${answer.status} ${await answer.text()}`);
  return (answer.headers.get("Set-Cookie") ?? "").split(";", 1)[0] ?? "";
}

export const FROM_OUR_PAGE = { Origin: ORIGIN, "X-Requested-With": "touchstone" };
export { SAMPLE_EN, SAMPLE_ZH };

/** Waits until the queue has worked everything off: a consumer must not outlive its test file. */
export async function waitForQuiet(): Promise<void> {
  // On a busy machine the local database was seen to leave one such question unanswered for good: it is put again.
  await until(() => Promise.race([isQuiet(), pause(10_000).then(() => false as const)]));
}

async function isQuiet(): Promise<boolean> {
  const row = await env.DB.prepare(
    "SELECT count(*) AS n FROM jobs WHERE status IN ('queued', 'running')",
  ).first<{ n: number }>();
  return row?.n === 0;
}

/** How somebody whose connection is open loses their right to it: their headers, and what takes it away. */
export type LosingAccess = [
  name: string,
  prepare: () => Promise<[Record<string, string>, () => Promise<unknown>]>,
];

export async function keyThatRunsOut(): Promise<{ key: string; lose: () => Promise<unknown> }> {
  const { key, key_id } = await createKey("default", "run");
  const statement = env.DB.prepare("UPDATE access_keys SET expires_at = 1 WHERE id = ?1");
  return { key, lose: () => statement.bind(key_id).run() };
}

const withdraw = (keyId: string) =>
  ask(`/api/keys/${keyId}`, { method: "DELETE", headers: asAdmin() });

export const WAYS_TO_LOSE_ACCESS: readonly LosingAccess[] = [
  [
    "its key is withdrawn",
    async () => {
      const { key, key_id } = await createKey("default", "read");
      return [bearer(key), () => withdraw(key_id)];
    },
  ],
  [
    "its key runs out",
    async () => {
      const { key, lose } = await keyThatRunsOut();
      return [bearer(key), lose];
    },
  ],
  [
    "its reader signs out",
    async () => {
      const cookie = { Cookie: await signIn((await createKey("default", "read")).key) };
      const headers = { ...cookie, ...FROM_OUR_PAGE };
      const leave = () => ask("/api/session", { method: "DELETE", headers });
      return [{ ...cookie, Origin: ORIGIN }, leave];
    },
  ],
  [
    "the key of its session is withdrawn",
    async () => {
      const { key, key_id } = await createKey("default", "read");
      return [{ Cookie: await signIn(key), Origin: ORIGIN }, () => withdraw(key_id)];
    },
  ],
];
