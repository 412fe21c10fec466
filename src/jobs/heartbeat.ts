import { HEARTBEAT_MS } from "./job.ts";

export interface Life {
  /** Aborted once the lease is lost or the job was cancelled: stop spending. */
  signal: AbortSignal;
  end: () => void;
}

/** Extends a lease while work goes on. `extend` says whether it is still held; a database away says nothing. */
export function keepAlive(extend: () => Promise<boolean>): Life {
  const controller = new AbortController();
  const timer = setInterval(async () => {
    const isHeld = await extend().catch(() => true);
    if (!isHeld) controller.abort();
  }, HEARTBEAT_MS);
  return { signal: controller.signal, end: () => clearInterval(timer) };
}
