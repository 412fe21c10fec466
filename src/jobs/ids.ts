import { encodeTime } from "ulid";

const TIME_CHARACTERS = 10;

/** The smallest id of that time: ids start with their time, so a range of times is a range of ids. */
export function idBound(prefix: "job" | "run", timeMs: number): string {
  return `${prefix}_${encodeTime(timeMs, TIME_CHARACTERS)}`;
}
