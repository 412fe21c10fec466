import { HEARTBEAT_MS, LOOK_MS } from "./job.ts";

export interface Life {
  /** Aborted once the lease is lost or the job was cancelled: stop spending, and break off the calls under way. */
  signal: AbortSignal;
  end: () => void;
}

export interface Lease {
  /** Extends it; says whether it is still held. */
  extend: () => Promise<boolean>;
  /** Only looks: no write, so it can be asked far more often. */
  isHeld: () => Promise<boolean>;
}

/**
 * Extends a lease while work goes on, and looks in between whether the work is still wanted. A database that is away
 * says nothing.
 */
export function keepAlive({ extend, isHeld }: Lease): Life {
  const controller = new AbortController();
  let extendedAt = Date.now();
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    const now = Date.now();
    // A clock may be set back.
    const isBeat = Math.abs(now - extendedAt) >= HEARTBEAT_MS;
    if (isBeat) extendedAt = now;
    const isWanted = await (isBeat ? extend() : isHeld()).catch(() => true);
    if (!isWanted) controller.abort();
    isLooking = false;
  }, LOOK_MS);
  return { signal: controller.signal, end: () => clearInterval(timer) };
}
