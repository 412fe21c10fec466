import { env } from "cloudflare:workers";
import { readConfiguration } from "../../src/config.ts";
import { ScoreRequest } from "../../src/contract/score-request.ts";
import { ARTIFACT_NAMES } from "../../src/contract/service.ts";
import { acceptJob } from "../../src/jobs/accept.ts";
import { acceptBatch } from "../../src/jobs/batch/accept-batch.ts";
import type { ChosenJudge } from "../../src/jobs/chosen-judge.ts";
import type { JobContext, JobNews, LogLine, Outside } from "../../src/jobs/context.ts";
import type { WakeUp } from "../../src/jobs/messages.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { consumeWakeUps } from "../../src/queue/consume.ts";
import type { Judge } from "../../src/scoring/judge.ts";
import type { Settings } from "../../src/settings.ts";
import { uploadKey } from "../../src/storage/artifacts.ts";
import type { JobRecord } from "../../src/storage/job-records.ts";
import { getJob } from "../../src/storage/jobs.ts";
import { openArtifact } from "../../src/storage/run-artifacts.ts";
import { getRun } from "../../src/storage/runs.ts";
import type { BatchOptions } from "../../src/storage/schema.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";
import { untilNoneRuns } from "./running.ts";

/** The real tables and bucket; clock, queue, judge and the world outside in the test's hand. */
export interface World {
  context: JobContext;
  /** Messages sent and not yet consumed. */
  queue: { message: WakeUp; at: number }[];
  clock: { now: number };
  judge: { current: Judge; kind: ChosenJudge["kind"] };
  logs: LogLine[];
  /** What listeners would have heard of. */
  told: { id: string; news: JobNews }[];
}

const TABLES = [
  "jobs",
  "samples",
  "runs",
  "facts",
  "batches",
  "chunks",
  "sessions",
  "deliveries",
  "disabled_callbacks",
  "channels",
  "breaker",
  "judgements",
  "quota_use",
];

/** What the test before left at work would write into the tables of the next. */
const LEFT_AT_WORK_MS = 3000;

export async function emptyTables(): Promise<void> {
  await untilNoneRuns(LEFT_AT_WORK_MS);
  await env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
}

/**
 * Ids of one file are of no other. Its consumers may outlive it, waiting for a judge that never answers: what they write
 * at last must not meet a job of the same name in the tables of the next.
 */
const FILE = crypto.randomUUID().slice(0, 8).toUpperCase();
let ids = 0;
let serial = 0;

/** Those of an open server with nothing but this set. */
export function readSettings(more: Record<string, string> = {}): Settings {
  const { DB, ARTIFACTS, JOBS, DEAD_JOBS, LIVE, ASSETS } = env;
  const configuration = readConfiguration({
    ...{ DB, ARTIFACTS, JOBS, DEAD_JOBS, LIVE, ASSETS },
    ACCESS_MODE: "open",
    ...more,
  });
  if (!configuration.ok) throw new Error(configuration.mistakes.join(" "));
  return configuration.settings;
}

export function createWorld(
  options: { settings?: Partial<Settings>; outside?: Partial<Outside>; db?: D1Database } = {},
): World {
  const clock = { now: Date.now() };
  const logs: LogLine[] = [];
  const told: World["told"] = [];
  const judge: World["judge"] = { current: createOfflineJudge(), kind: "offline" };
  const offline = createOfflineJudge();
  const context: JobContext = {
    db: options.db ?? env.DB,
    home: env.DB,
    bucket: env.ARTIFACTS,
    settings: { ...readSettings(), ...options.settings },
    wake: async (messages) => {
      for (const { message, delaySeconds = 0 } of messages) {
        world.queue.push({ message, at: clock.now + delaySeconds * 1000 });
      }
    },
    backlog: async () => 0,
    now: () => clock.now,
    newId: () => `T${FILE}${String(ids++).padStart(6, "0")}`,
    chooseJudge: async (request) => ({
      judge: request.judge === "offline" ? offline : judge.current,
      kind: request.judge === "offline" ? "offline" : judge.kind,
      model: judge.kind !== "offline" && request.judge !== "offline" ? "fake" : null,
      endpoint: null,
      embeddingModel: null,
      versions: {},
    }),
    outside: {
      fetch: () => Promise.reject(new Error("nothing goes out here")),
      resolve: async () => ["93.184.216.34"],
      ...options.outside,
    },
    later: () => undefined,
    live: {
      tell: ({ id }, news) => {
        told.push({ id, news });
      },
      open: () => Promise.reject(new Error("nobody listens here")),
    },
    log: (line) => {
      logs.push(line);
    },
  };
  const world: World = { context, queue: [], clock, judge, logs, told };
  return world;
}

/** Hands messages to a consumer as one batch of the queue; what it throws comes back as a new message. */
export async function consume(world: World, ...bodies: WakeUp[]): Promise<void> {
  const messages = bodies.map((message, at) => ({
    id: `message${at}`,
    timestamp: new Date(world.clock.now),
    body: message,
    attempts: 1,
    ack: () => undefined,
    retry: ({ delaySeconds = 0 } = {}) => {
      world.queue.push({ message, at: world.clock.now + delaySeconds * 1000 });
    },
  }));
  await consumeWakeUps(world.context, messages as unknown as Message<unknown>[]);
}

/** Takes the first message out of the queue and consumes it. */
export async function consumeNext(world: World): Promise<WakeUp> {
  const [next] = world.queue.splice(0, 1);
  if (!next) throw new Error("the queue is empty");
  await consume(world, next.message);
  return next.message;
}

/** Consumes until the queue is empty, letting time pass where only later messages are left. */
export async function drain(world: World, most = 300): Promise<number> {
  let consumed = 0;
  while (world.queue.length > 0) {
    world.queue.sort((a, b) => a.at - b.at);
    const next = world.queue.shift();
    if (!next) break;
    if (++consumed > most) {
      throw new Error(
        `the queue never gets empty: ${JSON.stringify(world.logs.slice(-5))} ${JSON.stringify(next)}`,
      );
    }
    world.clock.now = Math.max(world.clock.now, next.at);
    await consume(world, next.message);
  }
  return consumed;
}

export async function accept(
  world: World,
  sample: object = SAMPLE_EN,
  given: { idempotencyKey?: string; traceparent?: string | null } = {},
): Promise<JobRecord> {
  const { job } = await acceptJob(world.context, {
    project: "default",
    submittedBy: "test",
    request: ScoreRequest.parse(sample),
    fingerprint: given.idempotencyKey ?? String(serial++),
    idempotencyKey: given.idempotencyKey ?? null,
    warnings: [],
    contextsReceived: 0,
    contextsParsed: 0,
    traceparent: given.traceparent ?? null,
    source: "api",
    queued: true,
    origin: "https://touchstone.test",
  });
  return job;
}

export const OPTIONS: BatchOptions = {
  judge: null,
  judge_model: null,
  embedding_model: null,
  compat: null,
  fallback: null,
  metrics: null,
  language: null,
  charset: "utf-8",
  store_text: true,
};

/** Samples for a batch, Chinese and English in turn, each different. */
export function manySamples(count: number): object[] {
  return Array.from({ length: count }, (_, n) => {
    const base = n % 2 === 0 ? SAMPLE_ZH : SAMPLE_EN;
    return {
      ...base,
      id: `s${n}`,
      question: `${base.question} (${n})`,
      tags: { part: String(n % 3) },
    };
  });
}

/** Stores an upload and accepts it as a batch. */
export async function acceptRows(
  world: World,
  rows: readonly unknown[] | string,
  given: { options?: Partial<BatchOptions>; callbackUrl?: string } = {},
): Promise<JobRecord> {
  const jobId = `job_${world.context.newId()}`;
  const key = uploadKey("default", jobId);
  const text = typeof rows === "string" ? rows : JSON.stringify(rows);
  await env.ARTIFACTS.put(key, text);
  const { job } = await acceptBatch(world.context, {
    project: "default",
    submittedBy: "test",
    jobId,
    uploadKey: key,
    format: "json",
    fingerprint: String(serial++),
    idempotencyKey: null,
    source: "batch",
    options: { ...OPTIONS, ...given.options },
    name: "regression",
    tags: null,
    callbackUrl: given.callbackUrl ?? null,
    traceparent: null,
    origin: "https://touchstone.test",
  });
  return job;
}

export async function jobOf(id: string): Promise<JobRecord> {
  const job = await getJob(env.DB, "default", id);
  if (!job) throw new Error(`no job ${id}`);
  return job;
}

export async function count(sql: string, ...values: (string | number)[]): Promise<number> {
  return (
    (await env.DB.prepare(sql)
      .bind(...values)
      .first<number>("n")) ?? 0
  );
}

/** The artifacts of a run as they are served, without what names the attempt. */
export async function artifactsOf(runId: string): Promise<Record<string, string>> {
  const run = await getRun(env.DB, "default", runId);
  const texts = ARTIFACT_NAMES.map(async (name) => {
    const opened = run && (await openArtifact(env.ARTIFACTS, run, name, new Headers()));
    return [name, opened ? await new Response(opened.body).text() : "missing"] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

/** A judge that has begun and waits until it is told to go on. */
export function pausedJudge() {
  const inner = createOfflineJudge();
  let begin = () => {};
  let release = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const judge: Judge = {
    name: inner.name,
    fill: async (...args) => {
      begin();
      await gate;
      return inner.fill(...args);
    },
  };
  return { judge, begun, release };
}
