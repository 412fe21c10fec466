import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { JobStatus } from "../../src/contract/outcome.ts";
import { canMove, MOVES, type Move } from "../../src/jobs/job.ts";
import { getJob } from "../../src/storage/jobs.ts";
import { claimSamples } from "../../src/storage/moves/claim-samples.ts";
import { deleteJob } from "../../src/storage/moves/delete-job.ts";
import { cancelJob, failJob } from "../../src/storage/moves/end-job.ts";
import { finishSingleJob } from "../../src/storage/moves/finish-single-job.ts";
import { releaseSample } from "../../src/storage/moves/release-sample.ts";
import { retryJob } from "../../src/storage/moves/retry-job.ts";
import { said } from "../../src/words/said.ts";
import { accept, createWorld, emptyTables } from "./job-world.ts";

beforeEach(emptyTables);

const STATES: JobStatus[] = ["queued", "running", "completed", "failed", "cancelled"];
const ERROR = { code: "x", message: said("told", { text: "x" }) };
const USAGE = { judge_calls: 0, cached_calls: 0, prompt_tokens: 0, completion_tokens: 0 };
const NOW = 1_800_000_000_000;

/** A job in that state, reached by the moves themselves, with the attempt of its newest claim. */
async function jobIn(
  state: JobStatus,
): Promise<{ project: string; jobId: string; seq: number; attempt: number }> {
  const world = createWorld();
  const job = await accept(world);
  const holder = { project: "default", jobId: job.id, seq: 0, attempt: 1 };
  if (state === "queued") return { ...holder, attempt: 0 };
  if (state === "cancelled") await cancelJob(env.DB, "default", job.id, NOW);
  else await claim(holder, NOW);
  if (state === "completed") await finish(holder);
  if (state === "failed") await failJob(env.DB, holder, NOW, ERROR);
  return holder;
}

type Holder = Awaited<ReturnType<typeof jobIn>>;

const claim = async (holder: Holder, now: number) =>
  (
    await claimSamples(env.DB, [{ ...holder, from: 0, to: 0 }], { now, leaseUntil: now + 1000 })
  )[0] !== null;
const finish = async (holder: Holder) =>
  (await finishSingleJob(
    env.DB,
    holder,
    {
      outcomes: {},
      weightedScore: null,
      cause: null,
      worstMetric: null,
      gain: null,
      usage: USAGE,
      evidence: { part: "1/artifacts", offset: 0, length: 0 },
      judgements: [],
    },
    {
      finishedAt: NOW,
      runId: "run_1",
      error: null,
      judge: "offline",
      callbackUrl: null,
      warnings: [],
    },
  )) !== null;

/** Every move as it is made in the product; true: it did something. */
const MAKE: Record<Move, (holder: Holder) => Promise<boolean>> = {
  // Long after, so that no lease stands in the way.
  claim: (holder) => claim(holder, NOW + 10_000),
  release: async (holder) => {
    await releaseSample(env.DB, holder, { now: NOW, wakeAt: NOW }, ERROR);
    return (await getJob(env.DB, "default", holder.jobId))?.error?.code === "x";
  },
  finish,
  fail: (holder) => failJob(env.DB, { ...holder, attempt: null }, NOW, ERROR),
  cancel: (holder) => cancelJob(env.DB, "default", holder.jobId, NOW),
  retry: (holder) => retryJob(env.DB, "default", holder.jobId, { now: NOW, wakeAt: NOW }),
  delete: async (holder) => (await deleteJob(env.DB, "default", holder.jobId)) !== null,
};

describe("every move from every state", () => {
  for (const move of Object.keys(MOVES) as Move[]) {
    for (const state of STATES) {
      // A job nobody holds cannot be finished, though a state later it could.
      const isAllowed = canMove(move, state) && !(move === "finish" && state === "queued");
      it(`${move} of a ${state} job ${isAllowed ? `leads to ${MOVES[move].to ?? "nothing"}` : "changes nothing"}`, async () => {
        const holder = await jobIn(state);
        const before = await getJob(env.DB, "default", holder.jobId);
        expect(before?.status).toBe(state);
        const isMoved = await MAKE[move](holder);
        const after = await getJob(env.DB, "default", holder.jobId);
        if (!isAllowed) {
          expect(after).toEqual(before);
          return;
        }
        expect(isMoved).toBe(true);
        expect(after?.status ?? null).toBe(MOVES[move].to);
      });
    }
  }
});
