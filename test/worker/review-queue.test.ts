import { expect, it } from "vitest";
import type { ReviewQueue } from "../../src/contract/review.ts";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";
import { watchQueryPlans } from "./query-plans.ts";

watchQueryPlans();

const queue = async () => (await (await send("/api/reviews")).json()) as ReviewQueue;

it("holds what users disliked first, and what was reviewed leaves it", async () => {
  const answer = await send("/api/score/batch", {
    json: [
      { ...SAMPLE_ZH, id: "喜欢", judge: "offline" },
      { ...SAMPLE_EN, id: "disliked", judge: "offline", feedback: "dislike" },
    ],
  });
  const { job_id } = (await answer.json()) as { job_id: string };
  const { run_id } = await waitForJob(job_id);
  const before = await queue();
  expect(before.progress).toEqual({ mine: 0, anybody: 0, total: 2 });
  expect(before.items[0]).toMatchObject({
    run_id,
    sample_id: "disliked",
    question: SAMPLE_EN.question,
    reason: "disliked",
    reviewed_by: [],
  });
  await send(`/api/runs/${run_id}/samples/disliked/reviews`, {
    method: "PUT",
    json: { claim_id: "a1", opinion: "agree" },
  });
  const after = await queue();
  expect(after.items.map(({ sample_id }) => sample_id)).toEqual(["喜欢"]);
  expect(after.progress).toEqual({ mine: 1, anybody: 1, total: 2 });
  expect(after.people).toMatchObject([{ samples: 1 }]);
  expect(after.with_judge).toMatchObject({ n: 1, rate: 1 });
});
