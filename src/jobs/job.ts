import type { JobStatus } from "../contract/outcome.ts";

/**
 * Every move of a job's life and the states it may start from. The SQL of each is in `storage/moves/`, one transaction
 * a move, and each statement carries its own condition: a move that comes too late does nothing.
 */
export const MOVES = {
  claim: { from: ["queued", "running"], to: "running" },
  release: { from: ["running"], to: "queued" },
  finish: { from: ["queued", "running"], to: "completed" },
  fail: { from: ["queued", "running"], to: "failed" },
  cancel: { from: ["queued", "running"], to: "cancelled" },
  retry: { from: ["failed", "cancelled"], to: "queued" },
  delete: { from: ["completed", "failed", "cancelled"], to: null },
} as const satisfies Record<string, { from: readonly JobStatus[]; to: JobStatus | null }>;

export type Move = keyof typeof MOVES;

export function canMove(move: Move, from: JobStatus): boolean {
  const states: readonly JobStatus[] = MOVES[move].from;
  return states.includes(from);
}

export function hasEnded(status: JobStatus): boolean {
  return status === "completed" || status === "failed" || status === "cancelled";
}

/** A consumer that stops without a word is replaced after this long; it extends its lease well before. */
export const LEASE_MS = 20_000;
export const HEARTBEAT_MS = 6_000;
/** How long a consumer goes on after a cancel before it notices: one read of a few rows each time. */
export const LOOK_MS = 1_000;

/** A wake-up that has not led to a claim within this time is taken for lost; each repeat waits twice as long. */
export const WAKE_PAUSE_MS = 20_000;

/** A job whose runs keep ending in a passing error is failed after so many claims. */
export const MAX_ATTEMPTS = 8;
/** Work whose consumer stopped without a word so often is given up: it is what stops them. */
export const MAX_CRASHES = 5;
