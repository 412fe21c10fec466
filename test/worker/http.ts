import { exports } from "cloudflare:workers";
import { checkDocumented } from "./documented.ts";

/** Sends a request to the Worker under test; `body` as JSON unless it is already a body. */
export async function send(
  path: string,
  init: { method?: string; json?: unknown; body?: BodyInit; headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  if (init.json !== undefined) headers.set("Content-Type", "application/json");
  const method =
    init.method ?? (init.json !== undefined || init.body !== undefined ? "POST" : "GET");
  const body = init.json !== undefined ? JSON.stringify(init.json) : init.body;
  const url = `https://touchstone.test${path}`;
  const answer = await exports.default.fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  await checkDocumented(method, url, answer);
  return answer;
}

/** A busy machine may take nearly as long as a test may. */
const PATIENCE_MS = 100_000;

/** Asks until there is an answer. */
export async function until<T>(ask: () => Promise<T | false>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== false) return answer;
    await pause(50);
  }
  throw new Error("what was waited for did not come");
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Polls a job until it has ended. */
export async function waitForJob(
  jobId: string,
  ask: (path: string) => Promise<Response> = send,
): Promise<Record<string, unknown>> {
  return until(async () => {
    const answer = await ask(`/api/score/jobs/${jobId}`);
    const job = (await answer.json()) as Record<string, unknown>;
    return ["completed", "failed", "cancelled"].includes(String(job.status)) && job;
  });
}

export const SAMPLE_EN = {
  question: "How long is the warranty of the X200?",
  answer: "The X200 has a warranty of two years. Repairs are free within it.",
  contexts: [
    "The X200 comes with a two-year warranty.",
    "Repairs within the warranty are free of charge.",
  ],
  ground_truth: "Two years; repairs within it are free.",
};

export const SAMPLE_ZH = {
  question: "入职满一年有几天年假？",
  answer: "入职满一年的员工每年有10天带薪年假。",
  contexts: ["员工入职满一年后，每年享有10天带薪年假。", "病假需要提交医院证明。"],
  ground_truth: "每年10天带薪年假。",
};
