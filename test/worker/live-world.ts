import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { LiveEvent } from "../../src/contract/live.ts";
import { ADMIN_KEY, ORIGIN, scoreOne } from "./access-world.ts";
import worker from "./main.ts";

/** A listener as a client sees it. */
export interface Heard {
  status: number;
  protocol: string | null;
  /** Names of the events that came, in their order. */
  events: () => string[];
  messages: LiveEvent[];
  /** The code the server closed with; null: it has not. */
  closed: () => number | null;
  leave: () => void;
}

/** Opens the socket of a job as the Worker serves it. */
export async function listen(
  jobId: string,
  headers: Record<string, string>,
  question: { after?: string; vars?: Record<string, unknown> } = {},
): Promise<Heard> {
  const after = question.after === undefined ? "" : `?after=${question.after}`;
  const request = new Request(`${ORIGIN}/api/score/jobs/${jobId}/live${after}`, {
    headers: { Upgrade: "websocket", ...headers },
  });
  const vars = { ACCESS_MODE: undefined, ADMIN_KEY, KEY_RATE: undefined, ...question.vars };
  const execution = createExecutionContext();
  const answer = await worker.fetch(request as never, { ...env, ...vars } as never, execution);
  await waitOnExecutionContext(execution);
  const messages: LiveEvent[] = [];
  let code: number | null = null;
  const socket = answer.webSocket;
  socket?.accept();
  socket?.addEventListener("message", ({ data }) => {
    messages.push(LiveEvent.parse(JSON.parse(String(data))));
  });
  socket?.addEventListener("close", (event) => {
    code = event.code;
    // 1006: the line is gone, and nobody is there to hang up on.
    if (code !== 1006) socket.close(code);
  });
  return {
    status: answer.status,
    protocol: answer.headers.get("Sec-WebSocket-Protocol"),
    events: () => messages.map(({ event }) => event),
    messages,
    closed: () => code,
    leave: () => socket?.close(1000),
  };
}

/** The object of a project's listeners. */
export const listenersOf = (project: string) => env.LIVE.getByName(project);

/** A job that nobody works on and that does not end by itself. */
export async function runningJob(sample: object, key = ADMIN_KEY): Promise<string> {
  const { job_id } = await scoreOne(key, { ...sample, name: crypto.randomUUID() });
  await env.DB.prepare("UPDATE jobs SET status = 'running', finished_at = NULL WHERE id = ?1")
    .bind(job_id)
    .run();
  return job_id;
}

export async function endJob(jobId: string): Promise<void> {
  await env.DB.prepare("UPDATE jobs SET status = 'completed', finished_at = ?2 WHERE id = ?1")
    .bind(jobId, Date.now())
    .run();
}

export const eventually = (check: () => boolean) =>
  vi.waitFor(() => expect(check()).toBe(true), { timeout: 30_000 });
