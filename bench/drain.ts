import type { Health } from "../src/contract.ts";
import { createOfflineJudge } from "../src/judges/offline/offline-judge.ts";
import { DEFAULT_METRICS } from "../src/metric-names.ts";
import { scoreSample } from "../src/scoring/score-sample.ts";
import { pause, startServer } from "../test/e2e/server.ts";
import { scoreBody } from "./cost-samples.ts";
import { runLoad } from "./load.ts";

const JOBS = 800;
/** With fewer left the tail is too short to time; then the whole span counts, accepting included. */
const FEWEST_TIMED = 100;
const GOAL = 0.4;

export interface Drain {
  jobs: number;
  /** Jobs still open when the last one had been accepted, or all when next to none were; the time is that of these. */
  timed: number;
  jobsPerSecond: number;
  /** The same samples, scored one after the other in this process. */
  plainPerSecond: number;
  ratio: number;
  goal: number;
}

/** How fast a full queue empties with the offline judge under `wrangler dev`, beside the bare scoring in Node. */
export async function benchDrain(): Promise<Drain> {
  const server = await startServer({ JUDGE: "offline" });
  try {
    await submitMany(server.origin, 40, 10_000);
    await waitUntilDone(server.origin);
    const submittedAt = performance.now();
    await submitMany(server.origin, JOBS, 0);
    const acceptedAt = performance.now();
    const left = await countOpen(server.origin);
    await waitUntilDone(server.origin);
    const doneAt = performance.now();
    const plainPerSecond = await measurePlain();
    const isTail = left >= FEWEST_TIMED;
    const timed = isTail ? left : JOBS;
    const jobsPerSecond = (timed / (doneAt - (isTail ? acceptedAt : submittedAt))) * 1000;
    const result = {
      jobs: JOBS,
      timed,
      jobsPerSecond: round(jobsPerSecond),
      plainPerSecond: round(plainPerSecond),
      ratio: round(jobsPerSecond / plainPerSecond),
      goal: GOAL,
    };
    console.table([result]);
    return result;
  } finally {
    await server.close();
  }
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

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

if (import.meta.main) await benchDrain();
