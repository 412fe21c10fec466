import { describe, expect, it } from "vitest";
import {
  buildReviewQueue,
  type Candidate,
  type NamedReview,
} from "../../src/reports/report/review-queue.ts";

const scored = (value: number, more: object = {}): Candidate["outcomes"][string] => ({
  status: "scored",
  value,
  reason: null,
  method: "llm",
  ...more,
});

function candidate(n: number, more: Partial<Candidate> = {}): Candidate {
  return {
    runId: "run_1",
    sampleId: `样本 ${n}`,
    question: `保修几年？ ${n}`,
    answer: "Two years.",
    weightedScore: 0.9,
    cause: null,
    feedback: null,
    outcomes: { faithfulness: scored(0.9, { confidence: "high" }) },
    ...more,
  };
}

function review(n: number, reviewer: string, opinion: "agree" | "disagree"): NamedReview {
  return {
    runId: "run_1",
    sampleId: `样本 ${n}`,
    claimId: "a1",
    reviewer,
    opinion,
    verdict: null,
    claimOf: "answer",
    judged: "supported",
  };
}

const WEEK = { week: "2026-11-30", self: "小王" };

describe("what is most worth a human look", () => {
  it("is what users disliked, then what was judged twice, then low confidence, then twenty drawn", () => {
    const plain = Array.from({ length: 60 }, (_, n) => candidate(n));
    const telling = [
      candidate(101, { outcomes: { faithfulness: scored(0.4, { confidence: "low" }) } }),
      candidate(102, { outcomes: { faithfulness: scored(0.5, { interval: [0.2, 0.8] }) } }),
      candidate(103, { feedback: "dislike" }),
      candidate(104, { feedback: "like" }),
    ];
    const queue = buildReviewQueue([...plain, ...telling], [], WEEK);
    expect(queue.items.slice(0, 3).map(({ sample_id, reason }) => [sample_id, reason])).toEqual([
      ["样本 103", "disliked"],
      ["样本 102", "judged_twice"],
      ["样本 101", "low_confidence"],
    ]);
    const drawn = (week: string) =>
      buildReviewQueue(plain, [], { ...WEEK, week }).items.map(({ sample_id }) => sample_id);
    expect(drawn("2026-11-30")).toHaveLength(20);
    expect(drawn("2026-11-30")).toEqual(drawn("2026-11-30"));
    expect(drawn("2026-12-07")).not.toEqual(drawn("2026-11-30"));
    expect(queue.with_judge).toBeNull();
    expect(queue.between_people).toBeNull();
  });

  it("is an answer that judges of two kinds saw otherwise, once, where it was scored last", () => {
    const offline = (value: number) => scored(value, { method: "offline", confidence: "high" });
    const pair = (n: number, [now, before]: readonly [number, number]) => [
      candidate(n, { runId: "run_2", outcomes: { faithfulness: scored(now) } }),
      candidate(n, { runId: "run_1", outcomes: { faithfulness: offline(before) } }),
    ];
    const unjudged = { interval: [0.1, 0.9], coverage: 0.5 };
    const partly = candidate(3, { outcomes: { faithfulness: scored(0.5, unjudged) } });
    const queue = buildReviewQueue(
      [...pair(1, [0.1, 0.9]), ...pair(2, [0.8, 0.9]), partly],
      [],
      WEEK,
    );
    const reasons = queue.items.map(({ run_id, sample_id, reason }) => [run_id, sample_id, reason]);
    expect(reasons[0]).toEqual(["run_2", "样本 1", "judges_differ"]);
    expect(reasons.slice(1).map(([, , reason]) => reason)).toEqual(Array(4).fill("drawn"));
  });

  it("leaves out what the reader has seen, counts each person, and says whether people agree", () => {
    const candidates = [1, 2, 3, 4].map((n) => candidate(n));
    const reviews = [
      review(1, "小王", "agree"),
      review(1, "Ann", "agree"),
      review(2, "Ann", "disagree"),
      review(2, "Bob", "agree"),
      review(3, "Ann", "agree"),
    ];
    const queue = buildReviewQueue(candidates, reviews, WEEK);
    expect(queue.items.map(({ sample_id }) => sample_id).sort()).toEqual([
      "样本 2",
      "样本 3",
      "样本 4",
    ]);
    expect(queue.items.find(({ sample_id }) => sample_id === "样本 2")?.reviewed_by).toEqual([
      "Ann",
      "Bob",
    ]);
    expect(queue.progress).toEqual({ mine: 1, anybody: 3, total: 4 });
    expect(queue.people).toEqual([
      { reviewer: "Ann", samples: 3 },
      { reviewer: "Bob", samples: 1 },
      { reviewer: "小王", samples: 1 },
    ]);
    expect(queue.between_people).toMatchObject({ n: 2, rate: 0.5 });
    // Of three claims people were of one mind on two, and there the judge was right.
    expect(queue.with_judge).toMatchObject({ n: 2, rate: 1 });
  });
});
