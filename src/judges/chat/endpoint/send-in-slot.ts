import pLimit from "p-limit";
import type { Trouble } from "./provider-errors.ts";

type Sent<T> =
  | { kind: "reply"; value: T }
  | { kind: "cancelled" }
  | { kind: "trouble"; trouble: Trouble };

type SendInSlot = <T>(
  call: (stop: AbortSignal) => PromiseLike<T>,
  signal: AbortSignal | undefined,
) => Promise<Sent<T>>;

/**
 * At most `slots` calls at once. The clock of a call starts when it has its slot and runs until the last byte of the
 * body, so waiting in line is never a timeout and a trickling reply always is.
 */
export function createSlots(
  slots: number,
  timeoutMs: number,
  readThrown: (error: unknown) => Trouble,
): SendInSlot {
  const limit = pLimit(slots);
  return function sendInSlot(call, signal) {
    return limit(async () => {
      if (signal?.aborted) return { kind: "cancelled" };
      const stop = new AbortController();
      let isOurTimeout = false;
      const timer = setTimeout(() => {
        isOurTimeout = true;
        stop.abort();
      }, timeoutMs);
      const abort = () => stop.abort();
      signal?.addEventListener("abort", abort, { once: true });
      try {
        return { kind: "reply", value: await call(stop.signal) };
      } catch (error) {
        if (signal?.aborted) return { kind: "cancelled" };
        return { kind: "trouble", trouble: isOurTimeout ? { kind: "timeout" } : readThrown(error) };
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      }
    });
  };
}

/** Resolves after `ms`, or at once when the signal fires. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done, { once: true });
  });
}
