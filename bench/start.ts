import { startServer } from "../test/e2e/server.ts";
import { scoreBody } from "./cost-samples.ts";

const GOAL_SECONDS = 90;

export interface Start {
  /** `npm start` with an empty database until it answers. */
  serverSeconds: number;
  /** Then until a first job is completed. */
  firstJobSeconds: number;
  totalSeconds: number;
  /** For `npm ci` and `npm start` together. */
  goal: number;
}

/** From `npm start` to the first completed job, in a folder where `npm ci` has run. */
export async function benchStart(): Promise<Start> {
  const startedAt = performance.now();
  const server = await startServer({ JUDGE: "offline" });
  try {
    const serverAt = performance.now();
    const answer = await fetch(`${server.origin}/api/score/async`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Prefer: "wait=30" },
      body: JSON.stringify(scoreBody(1)),
    });
    const job = (await answer.json()) as { status: string };
    if (job.status !== "completed") throw new Error(`the first job is ${job.status}`);
    const doneAt = performance.now();
    const result = {
      serverSeconds: seconds(serverAt - startedAt),
      firstJobSeconds: seconds(doneAt - serverAt),
      totalSeconds: seconds(doneAt - startedAt),
      goal: GOAL_SECONDS,
    };
    console.table([result]);
    return result;
  } finally {
    await server.close();
  }
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}

if (import.meta.main) await benchStart();
