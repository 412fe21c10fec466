import { beforeEach, describe, expect, it } from "vitest";
import { LEASE_MS, WAKE_PAUSE_MS } from "../../src/jobs/job.ts";
import type { WakeUp } from "../../src/jobs/messages.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { FAULTS, sabotage } from "./faults.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";
import {
  accept,
  artifactsOf,
  consume,
  count,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  type World,
} from "./job-world.ts";

beforeEach(emptyTables);

const SAMPLES = [
  SAMPLE_ZH,
  SAMPLE_EN,
  { ...SAMPLE_ZH, session_id: "会话" },
  { ...SAMPLE_EN, session_id: "会话", tags: { app: "客服" } },
  { ...SAMPLE_EN, question: "How long is it?" },
];

async function acceptAll(world: World): Promise<string[]> {
  const ids: string[] = [];
  for (const sample of SAMPLES) ids.push((await accept(world, sample)).id);
  return ids;
}

const takeAll = (world: World): WakeUp[] => world.queue.splice(0).map(({ message }) => message);
const countAttempts = () => count("SELECT sum(attempt) AS n FROM samples");

async function expectAllScored(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const job = await jobOf(id);
    expect([job.status, job.done, job.failed]).toEqual(["completed", 1, 0]);
    expect(Object.values(await artifactsOf(job.runId ?? ""))).not.toContain("missing");
  }
  expect(await count("SELECT count(*) AS n FROM runs WHERE mode = 'single'")).toBe(3);
  expect(await count("SELECT count(*) AS n FROM runs WHERE mode = 'session'")).toBe(1);
}

describe("single jobs of one queue batch", () => {
  it("are claimed together, once each, however often they are woken in it", async () => {
    const world = createWorld();
    const ids = await acceptAll(world);
    const messages = takeAll(world);
    await consume(world, ...messages, ...messages);
    expect(await countAttempts()).toBe(ids.length);
    await drain(world);
    await expectAllScored(ids);
  });

  it("one whose input is broken keeps none of the others", async () => {
    const world = createWorld();
    const ids = await acceptAll(world);
    const [broken = "", ...others] = ids;
    await world.context.db
      .prepare("UPDATE samples SET input = 'no json' WHERE job_id = ?1")
      .bind(broken)
      .run();
    await consume(world, ...takeAll(world));
    for (const id of others) expect((await jobOf(id)).status).toBe("completed");
    expect((await jobOf(broken)).status).not.toBe("completed");
  });

  it("two consumers with the same batch: each job is scored by one of them", async () => {
    const world = createWorld();
    const ids = await acceptAll(world);
    const messages = takeAll(world);
    await Promise.all([consume(world, ...messages), consume(world, ...messages.toReversed())]);
    expect(await countAttempts()).toBe(ids.length);
    await drain(world);
    await expectAllScored(ids);
  });

  it.each(FAULTS)("whichever step goes wrong, each completes once: %s", async (fault) => {
    for (let at = 1; ; at++) {
      await emptyTables();
      const world = createWorld();
      const ids = await acceptAll(world);
      const steps = sabotage(world, fault, at);
      await consume(world, ...takeAll(world)).catch(() => undefined);
      if (!steps.hasStruck()) {
        expect(at).toBeGreaterThan(8);
        return;
      }
      for (let round = 0; round < 4; round++) {
        steps.revive();
        world.queue.length = 0;
        world.clock.now += LEASE_MS + WAKE_PAUSE_MS;
        await sweepJobs(world.context);
        await drain(world);
      }
      await expectAllScored(ids);
    }
  });
});
