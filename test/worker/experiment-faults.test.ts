import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { LEASE_MS, WAKE_PAUSE_MS } from "../../src/jobs/job.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import type { AppKind } from "../fakes/fake-app.ts";
import {
  beginIn,
  connect,
  createExperimentWorld,
  createSet,
  emptyExperiments,
  items,
  logOfApp,
  setUpApp,
} from "./experiment-world.ts";
import { FAULTS, type Steps, sabotage } from "./faults.ts";
import { consumeNext, count, type World } from "./job-world.ts";

beforeEach(emptyExperiments);

/** Consumers come and go until all is done: whatever died is started again, and what it held in the queue is lost. */
async function liveThrough(world: World, steps: Steps): Promise<void> {
  for (let round = 0; round < 40; round++) {
    for (let n = 0; world.queue.length > 0 && n < 80; n++) {
      world.queue.sort((a, b) => a.at - b.at);
      world.clock.now = Math.max(world.clock.now, world.queue[0]?.at ?? 0);
      await consumeNext(world).catch(() => undefined);
    }
    const open = await count(
      "SELECT (SELECT count(*) FROM jobs WHERE status IN ('queued', 'running')) + (SELECT count(*) FROM experiments WHERE result IS NULL) AS n",
    );
    if (open === 0) return;
    steps.revive();
    world.queue.length = 0;
    world.clock.now += LEASE_MS + WAKE_PAUSE_MS;
    await sweepJobs(world.context).catch(() => undefined);
  }
  throw new Error(`never settled: ${JSON.stringify(world.logs.slice(-6))}`);
}

const SUBJECTS: [AppKind, string | undefined][] = [
  ["dify", "chat"],
  ["dify", "workflow"],
  ["openai", undefined],
];

describe.each(SUBJECTS)("%s %s: whatever goes wrong", (kind, mode) => {
  it.each(FAULTS)(
    "%s at any step: every item has an outcome, and none was asked twice",
    async (fault) => {
      const { app, target } = await connect(kind, mode === undefined ? {} : { mode });
      const { test_set_id } = await createSet(items(2));
      for (let at = 1, hasStruck = true; hasStruck; at += 3) {
        await setUpApp(app, {});
        const before = (await logOfApp(app)).worked.length;
        const world = createExperimentWorld();
        await beginIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
        const steps = sabotage(world, fault, at);
        await liveThrough(world, steps);
        hasStruck = steps.hasStruck();
        const job = await env.DB.prepare(
          "SELECT id, status, run_id FROM jobs ORDER BY id DESC LIMIT 1",
        ).first();
        const { results } = await env.DB.prepare(
          "SELECT outcome FROM asks WHERE job_id = ?1 ORDER BY seq",
        )
          .bind(job?.id)
          .all<{ outcome: string }>();
        const outcomes = results.map(({ outcome }) => outcome);
        const worked = (await logOfApp(app)).worked.slice(before);
        const questions = worked.map(({ question }) => question);
        const where = `step ${at}: ${JSON.stringify({ outcomes, job, questions })}`;
        expect(new Set(questions).size, where).toBe(questions.length);
        expect(outcomes, where).toHaveLength(2);
        if (kind === "dify") {
          expect(outcomes, where).toEqual(["answered", "answered"]);
          expect(job, where).toMatchObject({ status: "completed", run_id: expect.any(String) });
        } else {
          // Nobody can look it up, so what was in flight is not asked again.
          expect(
            outcomes.every((outcome) => outcome === "answered" || outcome === "unknown"),
            where,
          ).toBe(true);
        }
      }
    },
    600_000,
  );
});
