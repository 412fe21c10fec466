import type { ChannelEvent } from "../../src/channels/notice.ts";

export const ORIGIN = "https://touchstone.example.com";

export const EVENT: ChannelEvent = {
  name: "alert.firing",
  at: 1_700_000_000_000,
  project: "默认项目",
  subject: "忠实度",
  metric: "忠实度",
  mean: 0.55,
  interval: [0.51, 0.59],
  n: 40,
  line: { side: "below", threshold: 0.8 },
  tag: "app=客服",
  why: null,
  worst: [
    { sampleId: "s1", question: "入职满一年有几天年假？", score: 0.1 },
    { sampleId: "s2", question: "How long is the warranty?", score: 0.25 },
    { sampleId: "s3", question: null, score: 0.3 },
  ],
  path: "/runs/run_01HZX",
};

/** The same, with one text wherever a text of others may stand. */
export function eventOf(text: string): ChannelEvent {
  return {
    ...EVENT,
    project: text,
    subject: text,
    metric: text,
    tag: text,
    why: text,
    worst: [1, 2, 3].map(() => ({ sampleId: text, question: text, score: 0 })),
  };
}
