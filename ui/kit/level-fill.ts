import type { Level } from "./metric-words.ts";

/** What a value is filled with, dot or bar. */
export const FILL: Record<Level, string> = {
  bad: "bg-bad",
  warn: "bg-warn",
  fair: "bg-line-strong",
  good: "bg-good",
};
