import { setTimeout as sleep } from "node:timers/promises";
import pLimit, { type LimitFunction } from "p-limit";
import type { JudgeUnavailable } from "../../scoring/judge.ts";

const FIRST_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 120;
/** A provider from which no row came back for so long is not slow but closed. */
const LONGEST_SILENCE_MS = 30_000;

/**
 * How fast a provider may be asked. A rate limit is waited out by all rows together and halves how many are worked on
 * at once; it ends the waiting only when nothing at all has come through for a while.
 */
export class ProviderPace {
  readonly #attempts: LimitFunction;
  #heardAt = Date.now();
  #pausedUntil = 0;
  #isClosed = false;

  constructor(concurrency: number) {
    this.#attempts = pLimit(concurrency);
  }

  /** Works on a row when there is room and no pause. */
  attempt<Scored>(score: () => Promise<Scored>, signal: AbortSignal): Promise<Scored> {
    return this.#attempts(async () => {
      const waitMs = this.#pausedUntil - Date.now();
      if (waitMs > 0) await sleep(waitMs, undefined, { signal });
      const scored = await score();
      this.#heardAt = Date.now();
      return scored;
    });
  }

  /** Has all rows wait as long as a rate limit asks. False: it has been closed for too long. */
  slowDown(error: JudgeUnavailable, tries: number): boolean {
    const asked = error.retryAfterSeconds ?? FIRST_WAIT_SECONDS * 2 ** Math.min(tries, 4);
    const waitMs = Math.min(LONGEST_WAIT_SECONDS, Math.max(asked, 0.1)) * 1000;
    const silenceMs = Date.now() - this.#heardAt;
    this.#isClosed ||= silenceMs > Math.max(LONGEST_SILENCE_MS, 3 * waitMs);
    if (this.#isClosed) return false;
    this.#attempts.concurrency = Math.max(1, Math.floor(this.#attempts.concurrency / 2));
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + waitMs);
    return true;
  }
}

/** The provider said to ask less often, unlike one that is down. */
export function isRateLimit(error: JudgeUnavailable): boolean {
  return /\b429\b/.test(error.message);
}
