import { errorForLog } from "../errors.ts";
import { advanceBatch, reportWhenDone } from "../jobs/batch/advance-batch.ts";
import { scoreChunk } from "../jobs/batch/score-chunk.ts";
import type { JobContext } from "../jobs/context.ts";
import { runJob } from "../jobs/run-job.ts";
import { reportSession } from "../jobs/session/report-session.ts";
import { sweepJobs } from "../jobs/sweep.ts";
import { tryWake } from "../jobs/wake.ts";
import { deliverWebhook } from "../jobs/webhook/deliver.ts";
import { failJob } from "../storage/job-moves.ts";
import { WakeUp } from "./messages.ts";

/** After a failure that is ours (database away, bug) the message comes back, each time later. */
const OWN_FAILURE_DELAY_SECONDS = 10;
const LONGEST_OWN_DELAY_SECONDS = 600;

/** Works through one batch, all messages at once: a slow judge of one job does not hold up the next. */
export async function consumeWakeUps(
  context: JobContext,
  batch: MessageBatch<unknown>,
): Promise<void> {
  await Promise.all(batch.messages.map((message) => consumeOne(context, message)));
}

async function consumeOne(context: JobContext, message: Message<unknown>): Promise<void> {
  const wakeUp = WakeUp.safeParse(message.body);
  if (!wakeUp.success) {
    context.log({ event: "queue.unreadable", message_id: message.id });
    message.ack();
    return;
  }
  try {
    await follow(context, wakeUp.data);
    message.ack();
  } catch (error) {
    context.log({ event: "queue.failed", message_id: message.id, error: errorForLog(error) });
    const delaySeconds = OWN_FAILURE_DELAY_SECONDS * 2 ** Math.min(message.attempts - 1, 6);
    message.retry({ delaySeconds: Math.min(delaySeconds, LONGEST_OWN_DELAY_SECONDS) });
  }
}

async function follow(context: JobContext, wakeUp: WakeUp): Promise<void> {
  switch (wakeUp.kind) {
    case "score": {
      const result = await runJob(context, wakeUp);
      // A new message instead of `retry()`: the attempts are counted in D1, not by the queue's own limit.
      if (result.kind === "retry") {
        await tryWake(context, [{ message: wakeUp, delaySeconds: result.delaySeconds }]);
      }
      return;
    }
    case "plan":
      return advanceBatch(context, wakeUp);
    case "chunk":
      return scoreChunk(context, wakeUp);
    case "report":
      return wakeUp.id.startsWith("run_")
        ? reportSession(context, { project: wakeUp.project, runId: wakeUp.id })
        : reportWhenDone(context, wakeUp);
    case "deliver":
      return deliverWebhook(context, wakeUp);
    case "sweep":
      await sweepJobs(context);
      return;
    default:
      return wakeUp satisfies never;
  }
}

/**
 * What failed too often as a message: the job ends with its reason, and can be retried. Reports of sessions and
 * webhooks have a row that says when they are due again, so their messages may be dropped.
 */
export async function consumeDeadLetters(
  context: JobContext,
  batch: MessageBatch<unknown>,
): Promise<void> {
  for (const message of batch.messages) {
    const wakeUp = WakeUp.safeParse(message.body);
    if (wakeUp.success && "id" in wakeUp.data && wakeUp.data.id.startsWith("job_")) {
      const { project, id } = wakeUp.data;
      await failJob(context.db, { project, jobId: id, attempt: null }, context.now(), {
        code: "exhausted",
        message:
          "Scoring broke too often, so it was given up. Retry the job once the cause is cured.",
      });
      context.log({ event: "job.exhausted", job_id: id });
    }
    message.ack();
  }
}
