import { rehearseOnce } from "./rehearse.ts";

/** Long enough for a request to be on the wire, short beside any model's answer. */
const HEAD_START_MS = 40;

/**
 * Does `work` while a call is on its way. The result is there at once afterwards; a reply that comes before the work
 * was begun is not kept waiting for the timer.
 */
export function workWhileWaiting<T>(work: () => T): () => T {
  let done: { value: T } | null = null;
  const timer = setTimeout(() => {
    done = { value: work() };
    rehearseOnce();
  }, HEAD_START_MS);
  return () => {
    clearTimeout(timer);
    done ??= { value: work() };
    return done.value;
  };
}
