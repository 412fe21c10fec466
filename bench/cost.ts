import { JOB_COUNTS } from "../src/cli/docs/scale-tables.ts";
import { startFakeOpenAi } from "../test/fakes/openai-server.ts";
import { callWorker, consumeMessages } from "./call-worker.ts";
import { startCpuProfile } from "./cost-profile.ts";
import { scoreBody } from "./cost-samples.ts";
import { atMost } from "./figures.ts";
import { round } from "./numbers.ts";
import { noUsage, openPlatform, type Platform, type Usage } from "./platform.ts";
import { billOf, dollarsOf, OPERATIONS_PER_MESSAGE } from "./prices.ts";

const JOBS = 40;
const WARM_UP = 10;
/** A client looks this often before it finds the job done. */
const POLLS = 3;
const ADMIN_KEY = "bench-admin-key-of-good-length";

const STEPS = ["accept", "poll", "score"] as const;
type Steps = Record<(typeof STEPS)[number], Usage>;

export interface CostPerJob {
  judge: "offline" | "llm";
  tags: number;
  rowsWritten: number;
  rowsRead: number;
  d1Statements: number;
  classA: number;
  classB: number;
  queueOperations: number;
  r2Bytes: number;
  /** Of our own code: a sampling profile without what the simulated bindings and their client cost. */
  cpuMs: number;
  steps: Steps;
}

/**
 * What one job of one sample asks of the platform: the real Worker with a real key, three polls, the real consumer,
 * on D1 and R2 that count rows themselves; then dollars for a million such jobs a month from `prices.ts`.
 */
export async function benchCost(): Promise<Record<string, unknown>> {
  // The log lines of the Worker are its business, not part of the table.
  const log = console.log;
  console.log = () => undefined;
  const perJob: CostPerJob[] = [];
  let databaseBytesEach = 0;
  try {
    for (const tags of [0, 2]) perJob.push(await count("offline", tags));
    perJob.push(await count("llm", 0));
    databaseBytesEach = await databaseBytesPerJob();
  } finally {
    console.log = log;
  }
  const [plain] = perJob;
  const byModel = perJob.find(({ judge }) => judge === "llm");
  if (!plain || !byModel) throw new Error("nothing was counted");
  const use = {
    ...plain,
    // The submission, the polls and one consumer; jobs that arrive together share a consumer, so this is the most.
    requests: 1 + POLLS + 1,
    databaseBytes: databaseBytesEach,
    bucketBytes: plain.r2Bytes,
  };
  const meters = billOf(use, 1e6);
  const dollars = round(dollarsOf(meters));
  console.table(perJob.map(({ steps: _, ...totals }) => totals));
  console.table(plain.steps);
  console.table(meters);
  const figures = [
    // What docs/scale.md is computed from. Now and then a job wakes a sweep that is due: a share of a row or a message.
    atMost("D1 rows written a job", Math.round(plain.rowsWritten), JOB_COUNTS.rowsWritten),
    atMost(
      "D1 rows written by a model's job",
      Math.round(byModel.rowsWritten),
      JOB_COUNTS.rowsWrittenForModel,
    ),
    atMost("D1 rows read a job", Math.round(plain.rowsRead), JOB_COUNTS.rowsRead),
    atMost("R2 class A a job", plain.classA, JOB_COUNTS.classA),
    atMost("R2 bytes a job", plain.r2Bytes, JOB_COUNTS.bucketBytes),
    atMost("queue operations a job", Math.round(plain.queueOperations), JOB_COUNTS.queueOperations),
    atMost("dollars a million jobs", dollars, 9),
  ];
  console.table(figures);
  return {
    figures,
    perJob,
    databaseBytesPerJob: databaseBytesEach,
    meters,
    dollarsPerMillionJobs: dollars,
  };
}

async function count(judge: "offline" | "llm", tags: number): Promise<CostPerJob> {
  const fake = judge === "llm" ? await startFakeOpenAi({ latencyMs: 1 }) : null;
  const platform = await openPlatform({
    ACCESS_MODE: "keys",
    ADMIN_KEY,
    JUDGE: judge,
    ...(fake ? { OPENAI_BASE_URL: fake.url, OPENAI_API_KEY: "bench", JUDGE_MODEL: "fake" } : {}),
  });
  try {
    await platform.migrate();
    const key = await createKey(platform);
    for (let seed = 0; seed < WARM_UP; seed++) await scoreOne(platform, key, seed, tags);
    const total: Steps = { accept: noUsage(), poll: noUsage(), score: noUsage() };
    const profile = await startCpuProfile();
    for (let seed = WARM_UP; seed < WARM_UP + JOBS; seed++) {
      const steps = await scoreOne(platform, key, seed, tags);
      for (const step of STEPS) {
        for (const name of keysOf(total[step])) total[step][name] += steps[step][name];
      }
    }
    const cpuMs = round((await profile.stop()) / JOBS);
    for (const step of STEPS) {
      for (const name of keysOf(total[step])) total[step][name] = round(total[step][name] / JOBS);
    }
    const sum = (name: keyof Usage) =>
      round(total.accept[name] + POLLS * total.poll[name] + total.score[name]);
    return {
      judge,
      tags,
      rowsWritten: sum("rowsWritten"),
      rowsRead: sum("rowsRead"),
      d1Statements: sum("d1Statements"),
      classA: sum("classA"),
      classB: sum("classB"),
      queueOperations: round(sum("messages") * OPERATIONS_PER_MESSAGE),
      r2Bytes: Math.round(sum("r2Bytes")),
      cpuMs,
      steps: total,
    };
  } finally {
    await platform.close();
    await fake?.close();
  }
}

/** Submits, looks once while it waits, lets the consumer work, and checks that the job has really ended well. */
async function scoreOne(
  platform: Platform,
  key: string | null,
  seed: number,
  tags: number,
): Promise<Steps> {
  platform.takeUsage();
  platform.takeMessages();
  const who = key === null ? {} : { key };
  const labels = Object.fromEntries(
    Array.from({ length: tags }, (_, n) => [`tag${n}`, `v${seed}`]),
  );
  const body = { ...scoreBody(seed), ...(tags > 0 ? { tags: labels } : {}) };
  const accepted = await callWorker(platform, "/api/score/async", { ...who, json: body });
  if (accepted.status !== 202) throw new Error(`not accepted: ${await accepted.text()}`);
  const { job_id } = (await accepted.json()) as { job_id: string };
  const accept = platform.takeUsage();
  const messages = platform.takeMessages();
  await callWorker(platform, `/api/score/jobs/${job_id}`, who);
  const poll = platform.takeUsage();
  await consumeMessages(platform, messages);
  const score = platform.takeUsage();
  const job = await callWorker(platform, `/api/score/jobs/${job_id}`, who);
  const text = await job.text();
  if (!text.includes('"status":"completed"')) throw new Error(`not completed: ${text}`);
  return { accept, poll, score };
}

async function createKey(platform: Platform): Promise<string> {
  const wish = { name: "bench", role: "run" };
  const answer = await callWorker(platform, "/api/keys", { key: ADMIN_KEY, json: wish });
  const { key } = (await answer.json()) as { key?: string };
  if (key === undefined) throw new Error(`no key was made: ${answer.status}`);
  return key;
}

/** Bytes of the database file a finished job leaves behind. */
async function databaseBytesPerJob(): Promise<number> {
  const platform = await openPlatform({ ACCESS_MODE: "open", JUDGE: "offline" });
  try {
    await platform.migrate();
    const before = await databaseBytes(platform);
    for (let seed = 0; seed < JOBS; seed++) await scoreOne(platform, null, seed, 0);
    return Math.round(((await databaseBytes(platform)) - before) / JOBS);
  } finally {
    await platform.close();
  }
}

async function databaseBytes(platform: Platform): Promise<number> {
  const { meta } = await platform.env.DB.prepare("SELECT 1").all();
  return meta.size_after;
}

function keysOf(usage: Usage): (keyof Usage)[] {
  return Object.keys(usage) as (keyof Usage)[];
}

if (import.meta.main) await benchCost();
