import type { Health } from "../src/contract/service.ts";
import { createOfflineJudge } from "../src/judges/offline/offline-judge.ts";
import { DEFAULT_METRICS } from "../src/scoring/metrics/registry.ts";
import { scoreSample } from "../src/scoring/score-sample.ts";
import { pause, startServer } from "../test/e2e/server.ts";
import { startBareServer } from "./bare-server.ts";
import { scoreBody } from "./cost-samples.ts";
import { atLeast } from "./figures.ts";
import { runLoad } from "./load.ts";
import { round } from "./numbers.ts";

const JOBS = 800;
/** With fewer left the tail is too short to time; then the whole span counts, accepting included. */
const FEWEST_TIMED = 100;
const GOAL = 0.4;

/**
 * How fast a full queue empties with the offline judge under `npm start`, beside the bare scoring in Node and beside
 * a consumer that stores the same and scores nothing: there Worker, queue, D1 and R2 share one processor.
 */
export async function benchDrain() {
  const { timed, jobsPerSecond } = await measureOurs();
  const plainPerSecond = await measurePlain();
  const barePerSecond = await measureBare();
  const limitPerSecond = 1 / (1 / plainPerSecond + 1 / barePerSecond);
  const result = {
    jobs: JOBS,
    // Jobs still open when the last one had been accepted, or all when next to none were; the time is that of these.
    timed,
    jobsPerSecond: round(jobsPerSecond),
    // The same samples, scored one after the other in this process.
    plainPerSecond: round(plainPerSecond),
    // A queue whose consumer only claims and writes what a job writes, without scoring: `drain-bare.ts`.
    barePerSecond: round(barePerSecond),
    ratio: round(jobsPerSecond / plainPerSecond),
    // What one processor can do at most that scores as in Node and stores as the bare consumer.
    limitPerSecond: round(limitPerSecond),
    ratioToLimit: round(jobsPerSecond / limitPerSecond),
  };
  console.table([result]);
  const figures = [atLeast("drained ÷ scored in plain Node", result.ratio, GOAL)];
  return { ...result, figures };
}

async function measureOurs(): Promise<{ timed: number; jobsPerSecond: number }> {
  const server = await startServer({ JUDGE: "offline" });
  try {
    await submitMany(server.origin, 40, 10_000);
    await waitUntilDone(server.origin);
    const submittedAt = performance.now();
    await submitMany(server.origin, JOBS, 0);
    const acceptedAt = performance.now();
    const left = await countOpen(server.origin);
    await waitUntilDone(server.origin);
    return tailOf(left, { submittedAt, acceptedAt, doneAt: performance.now() });
  } finally {
    await server.close();
  }
}

/** The tail alone when it is long enough: what ran while jobs were still being accepted shared the processor with that. */
function tailOf(
  left: number,
  { submittedAt, acceptedAt, doneAt }: Record<"submittedAt" | "acceptedAt" | "doneAt", number>,
): { timed: number; jobsPerSecond: number } {
  const isTail = left >= FEWEST_TIMED;
  const timed = isTail ? left : JOBS;
  return { timed, jobsPerSecond: (timed / (doneAt - (isTail ? acceptedAt : submittedAt))) * 1000 };
}

async function submitMany(origin: string, jobs: number, firstSeed: number): Promise<void> {
  await runLoad(16, jobs, async (n) => {
    const answer = await fetch(`${origin}/api/score/async`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(scoreBody(firstSeed + n)),
    });
    await answer.arrayBuffer();
    if (answer.status !== 202) throw new Error(`not accepted: ${answer.status}`);
  });
}

async function countOpen(origin: string): Promise<number> {
  const { queue } = (await (await fetch(`${origin}/api/health`)).json()) as Health;
  return queue.queued + queue.running;
}

async function waitUntilDone(origin: string): Promise<void> {
  const deadline = Date.now() + 240_000;
  while (Date.now() < deadline) {
    if ((await countOpen(origin)) === 0) return;
    await pause(100);
  }
  throw new Error("the queue did not empty in four minutes");
}

async function measureBare(): Promise<number> {
  const server = await startBareServer("bench/drain-bare.ts", {
    r2_buckets: [{ binding: "ARTIFACTS", bucket_name: "bare" }],
    queues: {
      producers: [{ binding: "JOBS", queue: "bare" }],
      consumers: [{ queue: "bare", max_batch_size: 5, max_batch_timeout: 1 }],
    },
  });
  try {
    const submittedAt = performance.now();
    const filled = await fetch(`${server.origin}/jobs/${JOBS}`, { method: "POST" });
    if (!filled.ok) throw new Error(await filled.text());
    const acceptedAt = performance.now();
    const left = await countOpenBare(server.origin);
    while ((await countOpenBare(server.origin)) > 0) await pause(100);
    return tailOf(left, { submittedAt, acceptedAt, doneAt: performance.now() }).jobsPerSecond;
  } finally {
    await server.close();
  }
}

async function countOpenBare(origin: string): Promise<number> {
  const { open } = (await (await fetch(`${origin}/open`)).json()) as { open: number };
  return open;
}

async function measurePlain(): Promise<number> {
  const judge = createOfflineJudge();
  const score = (seed: number) => {
    const body = scoreBody(seed);
    const sample = {
      question: body.question,
      answer: body.answer,
      passages: body.contexts,
      reference: body.ground_truth,
      referencePassages: null,
      retrievedIds: null,
      referenceIds: null,
    };
    return scoreSample(sample, { id: String(seed), metrics: DEFAULT_METRICS, judge });
  };
  for (let seed = 0; seed < 100; seed++) await score(10_000 + seed);
  const startedAt = performance.now();
  for (let seed = 0; seed < JOBS; seed++) await score(seed);
  return JOBS / ((performance.now() - startedAt) / 1000);
}

if (import.meta.main) await benchDrain();
