import { createMessageBatch } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { restartJob } from "../../src/jobs/change-job.ts";
import { consumeDeadLetters } from "../../src/queue/consume.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";
import { accept, count, createWorld, drain, emptyTables, jobOf } from "./job-world.ts";

beforeEach(emptyTables);

describe("a message that failed too often", () => {
  it.each([
    ["zh", SAMPLE_ZH],
    ["en", SAMPLE_EN],
  ])("fails its job with a reason; retry brings it to its end (%s)", async (_, sample) => {
    const world = createWorld();
    const { id } = await accept(world, sample);
    const body = { kind: "score", project: "default", id, from: 0, to: 0 };
    const { messages } = createMessageBatch<unknown>("touchstone-jobs-dead", [
      { id: "1", timestamp: new Date(), attempts: 1, body },
      { id: "2", timestamp: new Date(), attempts: 1, body: { what: "is this?" } },
      { id: "3", timestamp: new Date(), attempts: 1, body: { ...body, id: "job_nobody_knows" } },
    ]);
    await consumeDeadLetters(world.context, messages);
    expect(await jobOf(id)).toMatchObject({
      status: "failed",
      error: { code: "exhausted", message: { code: "broke_often" } },
    });

    await restartJob(world.context, await jobOf(id));
    await drain(world);
    expect(await jobOf(id)).toMatchObject({ status: "completed", error: null });
    expect(await count("SELECT count(*) AS n FROM runs")).toBe(1);
  });

  it("leaves a job alone that has ended well meanwhile", async () => {
    const world = createWorld();
    const { id } = await accept(world, SAMPLE_ZH);
    await drain(world);
    const body = { kind: "score", project: "default", id, from: 0, to: 0 };
    const { messages } = createMessageBatch("touchstone-jobs-dead", [
      { id: "1", timestamp: new Date(), attempts: 1, body },
    ]);
    await consumeDeadLetters(world.context, messages);
    expect((await jobOf(id)).status).toBe("completed");
  });
});
