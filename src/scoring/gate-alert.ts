import { meanInterval, meanOf, type Sums } from "./intervals.ts";

export interface AlertLine {
  side: "below" | "above";
  threshold: number;
}

export type AlertState = "ok" | "firing";

/**
 * Whether an alert fires now. It begins only when the whole 95 % interval of the mean lies beyond the line, and ends
 * only when the mean itself is back on the good side: chance at the line neither rings nor silences it. Without samples
 * nothing changes.
 */
export function alertState(line: AlertLine, sums: Sums, before: AlertState): AlertState {
  if (sums.n === 0) return before;
  const mean = meanOf(sums);
  const isBeyond = (value: number) =>
    line.side === "below" ? value < line.threshold : value > line.threshold;
  if (before === "firing") return isBeyond(mean) ? "firing" : "ok";
  const interval = meanInterval(sums);
  const nearest = line.side === "below" ? interval?.[1] : interval?.[0];
  return nearest !== undefined && isBeyond(nearest) ? "firing" : "ok";
}
