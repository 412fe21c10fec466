import type { ReviewReason } from "../../../../src/contract/review.ts";

export const reviewing = {
  title: "Review",
  intro:
    "Answers of the last seven days that most need a human look. Open one and say for each claim whether the judge is right.",
  progress: (mine: string, total: string) => `You have reviewed ${mine} of ${total}`,
  anybody: (n: string) => `${n} by anybody`,
  people: "Reviewers",
  samples: (n: string) => (n === "1" ? "1 sample" : `${n} samples`),
  nobody: "Nobody has reviewed anything yet.",
  withJudge: "Agreement with the judge",
  betweenPeople: "Agreement between reviewers",
  agreement: (rate: string, n: string) => `${rate} of ${n}`,
  kappa: (value: string) => `κ ${value}`,
  none: "Nothing is waiting for you. New answers appear here by themselves.",
  empty: "Nothing was scored in the last seven days.",
  reasons: {
    disliked: "Users disliked it",
    judges_differ: "Two judges disagree",
    judged_twice: "Judged twice, differently",
    low_confidence: "Low confidence",
    drawn: "This week's random draw",
  } satisfies Record<ReviewReason, string>,
  seenBy: (names: string) => `Seen by ${names}`,
};
