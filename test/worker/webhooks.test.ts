import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import { stopJob } from "../../src/jobs/change-job.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { nextWaitMs } from "../../src/jobs/webhook/schedule.ts";
import { openDestination } from "../../src/net/destination.ts";
import { readRetryAfter } from "../../src/net/retry-after.ts";
import { JudgeUnavailable } from "../../src/scoring/judge.ts";
import { listDeliveries, reopenDelivery } from "../../src/storage/deliveries.ts";
import { said } from "../../src/words/said.ts";
import { SAMPLE_EN } from "./http.ts";
import { accept, acceptRows, createWorld, drain, emptyTables, manySamples } from "./job-world.ts";

beforeEach(emptyTables);

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G";
const URL = "https://hooks.example.com/touchstone";

interface Received {
  url: string;
  init: RequestInit;
}

/** A world whose outside answers as told and remembers what it was sent. */
function createReceiver(answers: (number | Error | [number, Record<string, string>])[] = []) {
  const received: Received[] = [];
  const world = createWorld({
    settings: { webhookSecret: SECRET, accessMode: "keys" },
    outside: {
      fetch: async (url, init) => {
        received.push({ url, init });
        const answer = answers.shift() ?? 200;
        if (answer instanceof Error) throw answer;
        const [status, headers] = Array.isArray(answer) ? answer : [answer, {}];
        return new Response(null, { status, headers });
      },
    },
  });
  return { world, received };
}

const sample = { ...SAMPLE_EN, callback_url: URL };

describe("a webhook", () => {
  it("is sent once when the job has ended, thin, signed as the specification says", async () => {
    const { world, received } = createReceiver();
    const job = await accept(world, { ...sample, name: "夜间回归" });
    await drain(world);
    expect(received).toHaveLength(1);
    const { url, init } = received[0] ?? { url: "", init: {} };
    expect(url).toBe(URL);
    expect(init.redirect).toBe("manual");
    const headers = init.headers as Record<string, string>;
    expect(headers["webhook-id"]).toMatch(/^[\w]+$/);
    const body = String(init.body);
    expect(new Webhook(SECRET).verify(body, headers)).toEqual({
      type: "job.completed",
      timestamp: expect.stringMatching(/^\d{4}-/),
      data: {
        job_id: job.id,
        status: "completed",
        run_id: job.id.replace("job_", "run_"),
        session_id: null,
        name: "夜间回归",
        status_url: `https://touchstone.test/api/score/jobs/${job.id}`,
        report_url: `https://touchstone.test/jobs/${job.id}`,
      },
    });
    expect(body).not.toContain(SAMPLE_EN.answer);
    const [delivery] = await listDeliveries(world.context.db, "default", job.id);
    expect(delivery).toMatchObject({ state: "delivered", log: [{ status: 200, error: null }] });
  });

  it("tells of failed and cancelled jobs and of batches", async () => {
    const { world, received } = createReceiver();
    const cancelled = await accept(world, sample);
    await stopJob(world.context, cancelled);
    await acceptRows(world, manySamples(2), { callbackUrl: URL });
    await drain(world);
    world.judge.current = {
      name: "broken",
      fill: () =>
        Promise.reject(
          new JudgeUnavailable(said("told", { text: "no key" }), { isRetryable: false }),
        ),
    };
    await accept(world, sample);
    await drain(world);
    const types = received.map(({ init }) => JSON.parse(String(init.body)).type);
    expect(types.sort()).toEqual(["job.cancelled", "job.completed", "job.failed"]);
  });

  it("is tried again with growing waits, the same id and a fresh signature, and then given up", async () => {
    const { world, received } = createReceiver(
      Array.from({ length: 20 }, (_, n) =>
        n % 2 === 0 ? 500 : new TypeError("connection refused"),
      ),
    );
    const job = await accept(world, sample);
    const startedAt = world.clock.now;
    await drain(world);
    expect(received).toHaveLength(10);
    const heads = received.map(({ init }) => init.headers as Record<string, string>);
    expect(new Set(heads.map((head) => head["webhook-id"])).size).toBe(1);
    expect(new Set(heads.map((head) => head["webhook-timestamp"])).size).toBe(10);
    expect(world.clock.now - startedAt).toBeGreaterThan(75 * 60 * 60 * 1000);
    const [delivery] = await listDeliveries(world.context.db, "default", job.id);
    expect(delivery).toMatchObject({ state: "failed", attempts: 10, nextAt: null });
    expect(delivery?.log).toHaveLength(10);
  });

  it("a redirect is a failure and is not followed; Retry-After is honoured", async () => {
    const { world, received } = createReceiver([302, [429, { "Retry-After": "7200" }], 204]);
    const job = await accept(world, sample);
    await drain(world);
    expect(received).toHaveLength(3);
    const [delivery] = await listDeliveries(world.context.db, "default", job.id);
    expect(delivery?.state).toBe("delivered");
    const [first, second, third] = delivery?.log ?? [];
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(10_000);
    expect((third?.at ?? 0) - (second?.at ?? 0)).toBeGreaterThanOrEqual(7_200_000);
  });

  it("410 ends it and those of later jobs to the same address; a person may open it again", async () => {
    const { world, received } = createReceiver([410]);
    const first = await accept(world, sample);
    await drain(world);
    const second = await accept(world, { ...sample, question: "another" });
    await drain(world);
    expect(received).toHaveLength(1);
    for (const job of [first, second]) {
      expect(await listDeliveries(world.context.db, "default", job.id)).toMatchObject([
        { state: "disabled" },
      ]);
    }
    const [delivery] = await listDeliveries(world.context.db, "default", second.id);
    const target = { project: "default", jobId: second.id, id: delivery?.id ?? "" };
    expect(await reopenDelivery(world.context.db, target, world.clock.now)).toBe(true);
    await sweepJobs(world.context);
    await drain(world);
    expect(received).toHaveLength(2);
    expect(await listDeliveries(world.context.db, "default", second.id)).toMatchObject([
      { state: "delivered" },
    ]);
  });

  it("doubled messages send it once; a lost one is found by the sweep", async () => {
    const { world, received } = createReceiver();
    await accept(world, sample);
    await drain(world, 1).catch(() => undefined);
    world.queue.length = 0;
    world.clock.now += 60_000;
    await sweepJobs(world.context);
    world.queue.push(...world.queue, ...world.queue);
    await drain(world);
    expect(received).toHaveLength(1);
  });

  it("without a secret nothing is sent and the job says so", async () => {
    const world = createWorld();
    const job = await accept(world, sample);
    expect(job).toMatchObject({
      callbackUrl: null,
      warnings: [{ code: "webhook_not_configured" }],
    });
  });

  it("goes nowhere when the name leads to a private address by now", async () => {
    const { world, received } = createReceiver();
    const resolved = ["93.184.216.34", "10.0.0.7"];
    world.context.outside.resolve = async () => resolved;
    const job = await accept(world, sample);
    await drain(world);
    expect(received).toHaveLength(0);
    const [delivery] = await listDeliveries(world.context.db, "default", job.id);
    expect(delivery?.log[0]).toMatchObject({
      status: null,
      error: { code: "name_private" },
    });
  });
});

describe("callback addresses", () => {
  const findCallbackProblem = (url: string, isLocalhostAllowed: boolean) => {
    const receiver = openDestination(url, { isLocalhostAllowed, namedOrigins: [] });
    return "code" in receiver ? receiver : null;
  };

  it.each([
    "http://hooks.example.com/",
    "ftp://hooks.example.com/",
    "https://user:pass@hooks.example.com/",
    "https://hooks.example.com:22/",
    "https://localhost/",
    "https://sub.localhost./",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://intranet/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://10.1.2.3/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://１２７.０.０.１/",
    "https://224.0.0.1/",
    "not a url",
  ])("%s is refused", (url) => {
    expect(findCallbackProblem(url, false)).not.toBeNull();
  });

  it.each([
    "https://hooks.example.com/path?x=1",
    "https://hooks.example.com:8443/",
    "https://93.184.216.34/",
    "https://[2606:2800:220:1::1]/",
    "https://例子.中国/",
  ])("%s is allowed", (url) => {
    expect(findCallbackProblem(url, false)).toBeNull();
  });

  it("localhost by http only where the server is open to its own machine", () => {
    for (const url of ["http://localhost:9000/", "http://127.0.0.1:9000/", "http://[::1]:9000/"]) {
      expect(findCallbackProblem(url, true)).toBeNull();
      expect(findCallbackProblem(url, false)).not.toBeNull();
    }
    expect(findCallbackProblem("http://192.168.0.2/", true)).not.toBeNull();
    expect(findCallbackProblem("http://localhost.example.com/", true)).not.toBeNull();
  });
});

describe("the schedule", () => {
  it("grows, adds jitter, asks no longer than a day, and ends", () => {
    const waits = Array.from({ length: 10 }, (_, n) => nextWaitMs(n + 1, 0, null));
    expect(waits.map((wait) => wait && wait / 1000)).toEqual([
      5,
      300,
      1800,
      7200,
      18_000,
      36_000,
      50_400,
      72_000,
      86_400,
      null,
    ]);
    expect(nextWaitMs(2, 1, null)).toBe(330_000);
    expect(nextWaitMs(1, 0, 10 ** 9)).toBe(86_400_000);
  });

  it("reads Retry-After as seconds and as a date", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    expect(readRetryAfter("120", now)).toBe(120_000);
    expect(readRetryAfter("Thu, 01 Jan 2026 00:01:00 GMT", now)).toBe(60_000);
    for (const nonsense of [null, "soon", "-5", "Wed, 31 Dec 2025 00:00:00 GMT"]) {
      expect(readRetryAfter(nonsense, now)).toBeNull();
    }
  });
});
