import { errorForLog } from "../error-for-log.ts";
import { advanceBatch, reportWhenDone } from "../jobs/batch/advance-batch.ts";
import { scoreChunk } from "../jobs/batch/score-chunk.ts";
import { tellChannel } from "../jobs/channels/tell-channel.ts";
import { checkAlerts } from "../jobs/check-alerts.ts";
import type { JobContext } from "../jobs/context.ts";
import { runAsks } from "../jobs/experiments/run-asks.ts";
import { settleExperiment } from "../jobs/experiments/settle-experiment.ts";
import { startScheduled } from "../jobs/experiments/start-scheduled.ts";
import { forgetOldJobs } from "../jobs/forget-old-jobs.ts";
import { WakeUp } from "../jobs/messages.ts";
import { type RunResult, type RunTarget, runJobs } from "../jobs/run-job.ts";
import { reportSession } from "../jobs/session/report-session.ts";
import { sweepJobs } from "../jobs/sweep.ts";
import { finishTrace } from "../jobs/traces/finish-trace.ts";
import { tryWake } from "../jobs/wake.ts";
import { deliverWebhook } from "../jobs/webhook/deliver.ts";
import { failJob } from "../storage/moves/end-job.ts";
import { said } from "../words/said.ts";

/** After a failure that is ours (database away, bug) the message comes back, each time later. */
const OWN_FAILURE_DELAY_SECONDS = 10;
const LONGEST_OWN_DELAY_SECONDS = 600;

/** Works through one batch, all messages at once: a slow judge of one job does not hold up the next. */
export async function consumeWakeUps(
  context: JobContext,
  messages: readonly Message<unknown>[],
): Promise<void> {
  const readable: Readable[] = [];
  for (const message of messages) {
    const wakeUp = WakeUp.safeParse(message.body);
    if (wakeUp.success) {
      readable.push({ message, wakeUp: wakeUp.data });
      continue;
    }
    context.log({ event: "queue.unreadable", message_id: message.id });
    message.ack();
  }
  const runs = startJobs(context, readable);
  await Promise.all(readable.map((one) => consumeOne(context, one, runs)));
}

interface Readable {
  message: Message<unknown>;
  wakeUp: WakeUp;
}

/** Single jobs of the batch, claimed together; a job that was woken twice in it runs once. */
function startJobs(
  context: JobContext,
  readable: readonly Readable[],
): ReadonlyMap<Message<unknown>, Promise<RunResult>> {
  const first = new Map<string, { message: Message<unknown>; target: RunTarget }>();
  for (const { message, wakeUp } of readable) {
    if (wakeUp.kind !== "score") continue;
    const key = JSON.stringify([wakeUp.project, wakeUp.id]);
    if (!first.has(key)) first.set(key, { message, target: wakeUp });
  }
  const jobs = [...first.values()];
  if (jobs.length === 0) return new Map();
  const runs = runJobs(
    context,
    jobs.map(({ target }) => target),
  );
  return new Map(jobs.flatMap(({ message }, at) => (runs[at] ? [[message, runs[at]]] : [])));
}

async function consumeOne(
  context: JobContext,
  { message, wakeUp }: Readable,
  runs: ReadonlyMap<Message<unknown>, Promise<RunResult>>,
): Promise<void> {
  try {
    if (wakeUp.kind === "score") await askAgain(context, wakeUp, await runs.get(message));
    else await follow(context, wakeUp);
    message.ack();
  } catch (error) {
    context.log({ event: "queue.failed", message_id: message.id, error: errorForLog(error) });
    const delaySeconds = OWN_FAILURE_DELAY_SECONDS * 2 ** Math.min(message.attempts - 1, 6);
    message.retry({ delaySeconds: Math.min(delaySeconds, LONGEST_OWN_DELAY_SECONDS) });
  }
}

/** A new message instead of `retry()`: the attempts are counted in D1, not by the queue's own limit. */
async function askAgain(
  context: JobContext,
  message: WakeUp,
  result: RunResult | undefined,
): Promise<void> {
  if (result?.kind !== "retry") return;
  await tryWake(context, [{ message, delaySeconds: result.delaySeconds }]);
}

async function follow(
  context: JobContext,
  wakeUp: Exclude<WakeUp, { kind: "score" }>,
): Promise<void> {
  switch (wakeUp.kind) {
    case "plan":
      return advanceBatch(context, wakeUp);
    case "chunk":
      return scoreChunk(context, wakeUp);
    case "ask":
      return runAsks(context, wakeUp);
    case "settle":
      return settleExperiment(context, wakeUp);
    case "schedule":
      return startScheduled(context, wakeUp);
    case "report":
      return wakeUp.id.startsWith("run_")
        ? reportSession(context, { project: wakeUp.project, runId: wakeUp.id })
        : reportWhenDone(context, wakeUp);
    case "deliver":
      return deliverWebhook(context, wakeUp);
    case "tell":
      return tellChannel(context, wakeUp);
    case "trace":
      return finishTrace(context, wakeUp);
    case "alerts":
      return checkAlerts(context, wakeUp.project);
    case "sweep":
      await sweepJobs(context);
      return;
    case "forget":
      await forgetOldJobs(context);
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
  messages: readonly Message<unknown>[],
): Promise<void> {
  for (const message of messages) {
    const wakeUp = WakeUp.safeParse(message.body);
    if (wakeUp.success && "id" in wakeUp.data && wakeUp.data.id.startsWith("job_")) {
      const { project, id } = wakeUp.data;
      await failJob(context.db, { project, jobId: id, attempt: null }, context.now(), {
        code: "exhausted",
        message: said("broke_often"),
      });
      context.live.tell({ project, id }, "ended");
      context.log({ event: "job.exhausted", job_id: id });
    }
    message.ack();
  }
}
