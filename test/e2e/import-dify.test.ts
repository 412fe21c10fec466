import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../src/contract/job.ts";
import type { SamplePage } from "../../src/contract/report.ts";
import type { Session } from "../../src/contract/session.ts";
import { type FakeDify, type FakeMessage, startFakeDify } from "../fakes/dify-server.ts";
import { INSIDE_HOSTS } from "../net/notations.ts";
import { pause, type RunningServer, startServer } from "./server.ts";
import { type RunningWorker, startWorker } from "./worker.ts";

const APP_KEY = "app-key-that-must-not-stay";
const ADMIN_KEY = "a-long-enough-admin-key";
const NOW_SECONDS = Math.floor(Date.now() / 1000);

const message = (
  id: string,
  query: string,
  answer: string,
  content: string,
  more: Partial<FakeMessage> = {},
): FakeMessage => ({
  id,
  query,
  answer,
  created_at: NOW_SECONDS - 60,
  retriever_resources: content === "" ? [] : [{ position: 1, content }],
  ...more,
});

const APP = {
  key: APP_KEY,
  users: {
    alice: [
      {
        id: "会话-1",
        updated_at: NOW_SECONDS,
        messages: [
          message("m1", "年假几天？", "每年有10天年假。", "员工每年享有10天年假。"),
          message("m2", "How long is the warranty?", "Two years.", "The warranty lasts two years."),
        ],
      },
      {
        id: "c2",
        updated_at: NOW_SECONDS,
        messages: [
          message(
            "m3",
            "Can I return a gift card?",
            "Yes, always.",
            "Gift cards cannot be returned.",
            {
              feedback: { rating: "dislike" },
            },
          ),
          message("m4", "查不到的？", "不知道。", ""),
          message("m5", "Broken?", "", "", { status: "error", error: "overloaded" }),
        ],
      },
    ],
    bob: [
      { id: "c3", updated_at: NOW_SECONDS, messages: [message("m6", "Hi?", "Hello.", "Hello.")] },
    ],
  },
};

/** A is what an import names; B is what it must never reach. */
let a: FakeDify;
let b: FakeDify;
let worker: RunningWorker;
let closed: RunningWorker;

beforeAll(async () => {
  [a, b] = await Promise.all([startFakeDify(APP), startFakeDify(APP)]);
  worker = await startWorker();
  closed = await startWorker({
    ACCESS_MODE: "keys",
    ADMIN_KEY,
    WEBHOOK_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G",
    DIFY_ORIGINS: `https://dify.example.com, ${a.origin}/`,
  });
});
afterAll(async () => {
  await Promise.all([worker?.close(), closed?.close(), a?.close(), b?.close()]);
});

function post(to: { origin: string }, path: string, body: unknown): Promise<Response> {
  return fetch(`${to.origin}${path}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${ADMIN_KEY}`,
      "X-Requested-With": "touchstone",
    },
    body: JSON.stringify(body),
  });
}

const request = (more: object = {}) => ({
  base_url: `${a.origin}/v1`,
  app_key: APP_KEY,
  users: ["alice"],
  since: new Date((NOW_SECONDS - 3600) * 1000).toISOString(),
  ...more,
});

async function importNow(body: object, to = worker) {
  const answer = await post(to, "/api/import/dify", body);
  expect(answer.status, await answer.clone().text()).toBe(202);
  return (await answer.json()) as { job_id: string; messages: number };
}

async function read<T>(path: string): Promise<T> {
  return (await (await fetch(`${worker.origin}${path}`)).json()) as T;
}

async function waitForEnd(jobId: string): Promise<Job> {
  for (let tries = 0; tries < 120; tries++) {
    const job = await read<Job>(`/api/score/jobs/${jobId}`);
    if (job.status === "completed" || job.status === "failed") return job;
    await pause(250);
  }
  throw new Error("the import did not end");
}

describe("POST /api/import/dify", () => {
  it("scores the messages of an app as one batch, its conversations as sessions", async () => {
    const accepted = await importNow(request({ name: "昨天的对话" }));
    expect(accepted.messages).toBe(4);
    const job = await waitForEnd(accepted.job_id);
    expect(job).toMatchObject({
      status: "completed",
      name: "昨天的对话",
      progress: { done: 4, total: 4 },
    });
    expect(job.warnings.map(({ code }) => code).sort()).toEqual([
      "import_failed_messages",
      "import_retrieval_unknown",
    ]);
    const { samples } = await read<SamplePage>(`/api/runs/${job.run_id}/samples?sort=feedback`);
    expect(samples.map((sample) => sample.sample_id).sort()).toEqual(["m1", "m2", "m3", "m4"]);
    expect(samples[0]).toMatchObject({ sample_id: "m3", feedback: "dislike", session_id: "c2" });
    const scores = new Map(samples.map((sample) => [sample.sample_id, sample.scores.faithfulness]));
    expect(scores.get("m3")).toBeLessThan(Number(scores.get("m1")));
    const unknown = samples.find((sample) => sample.sample_id === "m4");
    expect(unknown?.outcomes.faithfulness).toMatchObject({
      status: "not_applicable",
      reason: "missing_contexts",
    });
    const session = await read<Session>(`/api/score/sessions/${encodeURIComponent("会话-1")}`);
    expect(session).toMatchObject({ call_count: 2, run_id: job.run_id });
    expect(await read(`/api/runs/${job.run_id}`)).not.toHaveProperty("people");
  });

  it("refuses a wrong key and other schemes, and keeps the key to itself", async () => {
    const wrong = await post(worker, "/api/import/dify", request({ app_key: "app-wrong" }));
    expect(wrong.status).toBe(422);
    expect(((await wrong.json()) as { detail: string }).detail).toContain("app key");
    for (const base_url of [
      "https://10.0.0.1/v1",
      "https://169.254.169.254/",
      "ftp://dify.ai",
      "https://[::1]/",
    ]) {
      const refused = await post(worker, "/api/import/dify", request({ base_url }));
      expect(refused.status, base_url).toBe(422);
    }
    const jobs = await (await fetch(`${worker.origin}/api/score/jobs`)).text();
    for (const text of [jobs, worker.logs()]) expect(text).not.toContain(APP_KEY);
  });

  it("keeps what it read before Dify asked to wait for an hour, and says so", async () => {
    a.interrupt = (url, response) => {
      if (url.searchParams.get("user") !== "bob") return false;
      response.writeHead(429, { "Retry-After": "3600" }).end();
      return true;
    };
    const accepted = await importNow(request({ users: ["alice", "bob"], name: "cut short" }));
    a.interrupt = null;
    expect(accepted.messages).toBe(4);
    const job = await waitForEnd(accepted.job_id);
    expect(job.status).toBe("completed");
    expect(job.warnings).toContainEqual(
      expect.objectContaining({
        code: "import_incomplete",
        message: expect.stringMatching(/429.*4 messages are kept; 1 of 2 users/),
      }),
    );
    a.interrupt = (_url, response) => {
      response.writeHead(429, { "Retry-After": "3600" }).end();
      return true;
    };
    const nothing = await post(worker, "/api/import/dify", request());
    a.interrupt = null;
    expect([nothing.status, nothing.headers.get("retry-after")]).toEqual([429, "3600"]);
  });

  it("waits out a short 429", async () => {
    let refusals = 1;
    a.interrupt = (url, response) => {
      if (!url.pathname.endsWith("/messages") || refusals === 0) return false;
      refusals -= 1;
      response.writeHead(429, { "Retry-After": "1" }).end();
      return true;
    };
    const accepted = await importNow(request({ users: ["bob"], name: "waited" }));
    a.interrupt = null;
    expect([accepted.messages, refusals]).toEqual([1, 0]);
  });
});

describe("an import on `npm start`", () => {
  const hostOf = (dify: FakeDify) => new URL(dify.origin).host;
  // The other way to run the Worker in a test sends by Node, which follows redirects and holds on to answers.
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.close());

  it.each([
    ["path", (other: string) => `//${other}/v1`],
    ["backslash", (other: string) => `/\\${other}/v1`],
    ["two backslashes", (other: string) => `\\\\${other}\\v1`],
    ["dots", (other: string) => `/..//${other}/v1`],
    ["dot", (other: string) => `/.//${other}/v1`],
    ["written dots", (other: string) => `/%2e%2e//${other}/v1`],
    ["three slashes", (other: string) => `///${other}/v1`],
    ["at", (other: string) => `/@${other}/v1`],
    ["backslash and at", (other: string) => `\\@${other}/v1`],
    ["whole address", (other: string) => `/http://${other}/v1`],
    ["query", (other: string) => `?//${other}/v1`],
    ["fragment", (other: string) => `#@${other}/v1`],
    ["line break", (other: string) => `/\n/${other}/v1`],
  ])("from A never reaches B by %s", async (name, path) => {
    const before = a.seen.length;
    const base_url = `${a.origin}${path(hostOf(b))}`;
    const answer = await post(server, "/api/import/dify", request({ base_url, name }));
    expect(b.seen).toEqual([]);
    // It was A that answered, whatever it made of the path.
    expect(answer.status, await answer.text()).toBe(202);
    expect(a.seen.length).toBeGreaterThan(before);
  });

  it.each([
    (own: string, other: string) => `http://${own}@${other}/v1`,
    (own: string, other: string) => `http://u:p@${own}@${other}/v1`,
    (own: string, other: string) => `http://${own}%40${other}/v1`,
    (_: string, other: string) => `http://0.0.0.0:${other.split(":")[1]}/v1`,
    (_: string, other: string) => `http://[::ffff:127.0.0.1]:${other.split(":")[1]}/v1`,
  ])("from A does not reach B by another host, case %#", async (address) => {
    const base_url = address(hostOf(a), hostOf(b));
    const answer = await post(server, "/api/import/dify", request({ base_url }));
    expect([answer.status, b.seen]).toEqual([422, []]);
  });

  it.each([301, 302, 303, 307, 308])(
    "from A never reaches B by a redirect (%i)",
    async (status) => {
      a.interrupt = (url, response) => {
        response.writeHead(status, { Location: `${b.origin}${url.pathname}${url.search}` }).end();
        return true;
      };
      const answer = await post(server, "/api/import/dify", request());
      a.interrupt = null;
      expect(answer.status).toBe(422);
      expect(((await answer.json()) as { detail: string }).detail).toContain("redirect");
      expect(b.seen).toEqual([]);
    },
  );

  it("does not read on where a page never ends", async () => {
    let sentMegabytes = 0;
    a.interrupt = (url, response) => {
      if (!url.pathname.endsWith("/messages")) return false;
      const isSmallest = url.searchParams.get("limit") === "1";
      const size = isSmallest ? {} : { "Content-Length": 400 << 20 };
      response.writeHead(200, { "Content-Type": "application/json", ...size }).flushHeaders();
      if (!isSmallest) return true;
      const more = () => {
        while (!response.destroyed && response.write(" ".repeat(1 << 20))) sentMegabytes += 1;
        if (!response.destroyed) response.once("drain", more);
      };
      more();
      return true;
    };
    const answer = await post(server, "/api/import/dify", request());
    a.interrupt = null;
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { detail: string }).detail).toContain("larger than 8 MB");
    // And what lies in buffers.
    expect(sentMegabytes).toBeLessThan(64);
  });
});

describe("a closed server", () => {
  const routes: Record<string, (url: string) => [path: string, body: unknown]> = {
    import: (base_url) => ["/api/import/dify", request({ base_url })],
    "test of a webhook": (url) => ["/api/webhooks/test", { url }],
    score: (callback_url) => ["/api/score", { question: "q", answer: "a", callback_url }],
    "score async": (callback_url) => [
      "/api/score/async",
      { question: "q", answer: "a", callback_url },
    ],
    batch: (url) => [
      `/api/score/batch?callback_url=${encodeURIComponent(url)}`,
      [{ question: "q", answer: "a" }],
    ],
    gate: (callback_url) => [
      "/api/gate",
      { question: "q", answer: "a", callback_url, rules: { faithfulness: ">= 0.5" } },
    ],
    alert: (webhook_url) => [
      "/api/alerts",
      { metric: "faithfulness", threshold: 0.5, webhook_url },
    ],
  };

  it.each(Object.keys(routes))("refuses sixty ways to write B: %s", async (name) => {
    const port = new URL(b.origin).port;
    const addresses = INSIDE_HOSTS.map((host, n) =>
      n % 2 === 0 ? `https://${host}/` : `http://${host}:${port}/v1`,
    );
    for (const address of addresses) {
      const [path, body] = routes[name]?.(address) ?? ["", null];
      const answer = await post(closed, path, body);
      expect([answer.status, address]).toEqual([422, address]);
      await answer.body?.cancel();
    }
    expect(b.seen).toEqual([]);
  });

  it("reads a Dify of its own network that the operator named, and names the setting to others", async () => {
    expect(await importNow(request({ users: ["bob"] }), closed)).toMatchObject({ messages: 1 });
    for (const base_url of [`${b.origin}/v1`, "https://10.0.0.7/v1", "http://dify.lan/v1"]) {
      const answer = await post(closed, "/api/import/dify", request({ base_url }));
      const { detail, errors } = (await answer.json()) as {
        detail: string;
        errors: { pointer: string }[];
      };
      expect(answer.status).toBe(422);
      expect(detail).toContain(`sets DIFY_ORIGINS=${new URL(base_url).origin}`);
      expect(detail).toMatch(/运维设置 DIFY_ORIGINS=/);
      expect(errors[0]?.pointer).toBe("#/base_url");
    }
    expect(b.seen).toEqual([]);
  });
});
