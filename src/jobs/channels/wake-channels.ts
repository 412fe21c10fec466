import { DUE_CHANNELS } from "../../storage/channel-messages.ts";
import { nextDueAt } from "../../storage/due-rows.ts";
import type { JobContext } from "../context.ts";
import { lookAgainAt } from "../sweep.ts";
import { tryWake } from "../wake.ts";

const CHANNELS_AT_ONCE = 100;

/**
 * After something was written that channels tell: wakes those that may, and sees to it that the others come when their
 * quiet ends. Never throws: what was to be told has happened, and the rows bring the sweep to it.
 */
export async function wakeChannels(context: JobContext): Promise<void> {
  const { db } = context;
  const now = context.now();
  const page = { now, limit: CHANNELS_AT_ONCE, lostBy: now };
  const due = await DUE_CHANNELS.take(db, page).catch(() => []);
  await tryWake(
    context,
    due.map((channel) => ({ message: { kind: "tell", ...channel } as const })),
  );
  const next = await nextDueAt(db, [DUE_CHANNELS], now).catch(() => null);
  if (next !== null) await lookAgainAt(context, next);
}
