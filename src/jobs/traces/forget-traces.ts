import { utcDay } from "../../access/quota.ts";
import { forgetTraces, giveUpTraces } from "../../storage/traces.ts";
import type { JobContext } from "../context.ts";
import { TEXTS_KEPT_MS } from "./pace.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Senders give a run up after a day, so none comes again after that. */
const TRACES_KEPT_MS = 2 * DAY_MS;
const COUNTS_KEPT_MS = 90 * DAY_MS;
const AT_ONCE = 1000;
const MOST_ROUNDS = 50;

/** What is known of traces goes after a while; what they were scored as stays with its job. */
export async function forgetOldTraces(context: JobContext): Promise<void> {
  const now = context.now();
  await giveUpTraces(context.db, now - TEXTS_KEPT_MS);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const day = utcDay(Math.max(0, now - COUNTS_KEPT_MS));
    if ((await forgetTraces(context.db, now - TRACES_KEPT_MS, day, AT_ONCE)) < AT_ONCE) return;
  }
}
