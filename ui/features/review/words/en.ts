import type { ReviewReason } from "../../../../src/contract/review.ts";

export const reviewing = {
  title: "Review",
  intro:
    "What of the last seven days most needs a human eye. Open one, and say of each claim whether the judge is right.",
  progress: (mine: string, total: string) => `You have reviewed ${mine} of ${total}`,
  anybody: (n: string) => `${n} by anybody`,
  people: "People",
  samples: (n: string) => (n === "1" ? "1 sample" : `${n} samples`),
  nobody: "Nobody has reviewed anything yet.",
  withJudge: "Agreement with the judge",
  betweenPeople: "Agreement between people",
  agreement: (rate: string, n: string) => `${rate} of ${n}`,
  kappa: (value: string) => `κ ${value}`,
  none: "Nothing is waiting for you. New answers come here by themselves.",
  empty: "Nothing was scored in the last seven days.",
  reasons: {
    disliked: "Users disliked it",
    judged_twice: "The judge said two things",
    low_confidence: "Low confidence",
    drawn: "Drawn this week",
  } satisfies Record<ReviewReason, string>,
  seenBy: (names: string) => `Seen by ${names}`,
};
