import { LiveEvent } from "../../contract/live.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import type { JobContext } from "../context.ts";
import { hasEnded } from "../job.ts";
import type { Listener } from "./listener.ts";

/** A socket of our own, for a request that waits for a job. */
export interface JobFeed {
  /** What is told next; null: nothing was within the time. */
  next: (withinMs: number) => Promise<LiveEvent | null>;
  close: () => void;
}

/**
 * Listens to a job for a request that is open anyway. Where no socket can be had nothing is ever told: whoever waits looks
 * for themselves each time `next` gives null.
 */
export async function openFeed(
  { live }: JobContext,
  { status }: Pick<JobRecord, "status">,
  listener: Listener,
): Promise<JobFeed> {
  const answer = hasEnded(status) ? null : await live.open(listener).catch(() => null);
  const socket = answer?.webSocket ?? null;
  const waiting: LiveEvent[] = [];
  let wake = () => {};
  socket?.addEventListener("message", ({ data }) => {
    waiting.push(LiveEvent.parse(JSON.parse(String(data))));
    wake();
  });
  // Whoever waits looks for themselves then.
  socket?.addEventListener("close", () => wake());
  socket?.accept();
  return {
    async next(withinMs) {
      if (waiting.length === 0) {
        let timer: ReturnType<typeof setTimeout> | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, withinMs);
        });
        clearTimeout(timer);
      }
      return waiting.shift() ?? null;
    },
    close: () => socket?.close(1000),
  };
}
