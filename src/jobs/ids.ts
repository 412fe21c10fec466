import { encodeTime } from "ulid";

const TIME_CHARACTERS = 10;

/** The run of a job that has one of its own. */
export function runIdOf(jobId: string): string {
  return jobId.replace(/^job_/, "run_");
}

/** The smallest id of that time: ids start with their time, so a range of times is a range of ids. */
export function idBound(prefix: "job" | "run", timeMs: number): string {
  return `${prefix}_${encodeTime(timeMs, TIME_CHARACTERS)}`;
}
