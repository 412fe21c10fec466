import { createSignal } from "solid-js";
import { recall, remember } from "./storage.ts";

const SHARE_KEY = "touchstone.share";
const SIGNED_IN_KEY = "touchstone.signed-in";

/** A link that opens one report. Its token stands behind the hash, which browsers send to nobody. */
interface Share {
  runId: string;
  token: string;
}

/** The link this tab was opened by; null: none. */
export const share = readShare();

/** The cookie itself cannot be seen from here; this only remembers that there is something to sign out of. */
const [isSignedIn, writeIsSignedIn] = createSignal(recall(SIGNED_IN_KEY) !== null);

export { isSignedIn };

export function setIsSignedIn(is: boolean): void {
  writeIsSignedIn(is);
  remember(SIGNED_IN_KEY, is ? "1" : null);
}

/** From the address, or from this tab's memory when the reader has moved on within the report. */
function readShare(): Share | null {
  const runId = location.pathname.match(/^\/runs\/([\w-]+)$/)?.[1];
  const token = location.hash.match(/^#share=([\w.~-]+)$/)?.[1];
  if (runId && token) remember(SHARE_KEY, `${runId} ${token}`, "sessionStorage");
  const [keptRunId, keptToken] = recall(SHARE_KEY, "sessionStorage")?.split(" ") ?? [runId, token];
  return keptRunId && keptToken ? { runId: keptRunId, token: keptToken } : null;
}
