import { listDueChannels } from "../../storage/channel-messages.ts";
import type { JobContext } from "../context.ts";
import { tryWake } from "../wake.ts";

const CHANNELS_AT_ONCE = 100;

/** Sends the wake-ups for channels that have something to tell; should one be lost, their rows bring the sweep to them. */
export async function wakeChannels(context: JobContext): Promise<void> {
  // What was to be told has happened, whatever goes wrong here.
  const due = await listDueChannels(context.db, context.now(), CHANNELS_AT_ONCE).catch(() => []);
  await tryWake(
    context,
    due.map((channel) => ({ message: { kind: "tell", ...channel } as const })),
  );
}
