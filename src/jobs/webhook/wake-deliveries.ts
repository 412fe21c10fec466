import { CHANNEL_PREFIX } from "../../storage/channels.ts";
import { listDeliveries } from "../../storage/deliveries.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { wakeChannels } from "../channels/wake-channels.ts";
import type { JobContext } from "../context.ts";
import { lookAgainAt } from "../sweep.ts";
import { tryWake } from "../wake.ts";

type Ended = Pick<JobRecord, "project" | "id" | "callbackUrl" | "source">;

/** Tells who listens that a job has ended, and sends the wake-ups for what it announces; the rows bring the sweep to them should one be lost. */
export async function wakeDeliveries(context: JobContext, job: Ended): Promise<void> {
  context.live.tell(job, "ended");
  // The run of an experiment may have been its last.
  if (job.source === "test-set") await lookAgainAt(context, context.now());
  if (job.callbackUrl === null) return;
  if (job.callbackUrl.startsWith(CHANNEL_PREFIX)) return wakeChannels(context);
  const now = context.now();
  // The job has ended whatever happens here.
  const deliveries = await listDeliveries(context.db, job.project, job.id).catch(() => []);
  const due = deliveries.filter(({ state, nextAt }) => state === "pending" && (nextAt ?? 0) <= now);
  await tryWake(
    context,
    due.map(({ id }) => ({ message: { kind: "deliver", project: job.project, id } as const })),
  );
}

/** The same, and the channels, which want to know of failures and of scored traces. */
export async function wakeAllTold(context: JobContext, job: Ended): Promise<void> {
  await wakeDeliveries(context, job);
  await wakeChannels(context);
}
