import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeDecisions, startFakeDecisions } from "../fakes/decision-server.ts";
import { BRIDGE, LIGHTHOUSE } from "../judges/chat/scene.ts";
import { type RunningWorker, startWorker } from "./worker.ts";

let fake: FakeDecisions;
let worker: RunningWorker;

beforeAll(async () => {
  fake = await startFakeDecisions();
  worker = await startWorker({}, fake.accountUrl);
});
afterAll(async () => {
  await worker.close();
  await fake.close();
});

const score = (sample: object) =>
  fetch(`${worker.origin}/api/score`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...sample, metrics: ["faithfulness", "context_recall"] }),
  });

test.each([LIGHTHOUSE, BRIDGE])(
  "the built upload judges by its binding, without any key",
  async (scene) => {
    const { question, answer, passages, reference } = scene;
    const sample = { question, answer, contexts: passages, ground_truth: reference };
    const response = await score({ ...sample, judge: "decision" });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      scores: { faithfulness: expect.closeTo(2 / 3, 5), context_recall: 0.5 },
      outcomes: { faithfulness: { method: "decision" } },
    });
    expect(new Set(fake.calls.map(({ dialect }) => dialect))).toEqual(new Set(["workers-ai"]));
    expect(fake.calls.every(({ model }) => model === "clef-flash")).toBe(true);
    fake.reset();
    // Never measured, it is not what `auto` takes.
    expect(await (await score(sample)).json()).toMatchObject({
      outcomes: { faithfulness: { method: "offline" } },
    });
    expect(fake.calls).toHaveLength(0);
  },
);
