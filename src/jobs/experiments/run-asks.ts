import { AppError } from "../../errors.ts";
import { claimAsk, unwatchTarget } from "../../storage/asks.ts";
import { type ExperimentRunRecord, findRunOfJob } from "../../storage/experiments.ts";
import { getTarget, type TargetRecord } from "../../storage/targets.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { LEASE_MS } from "../job.ts";
import { tryWake } from "../wake.ts";
import { askHeld } from "./ask-held.ts";
import { type OpenTarget, openTarget } from "./call-target.ts";
import { stop } from "./settle-ask.ts";

/** Asks of one message, and how long it begins new ones: a consumer has 15 minutes and a thousand requests. */
const ASKS_OF_A_MESSAGE = 150;
const BEGIN_WITHIN_MS = 8 * 60_000;

/** Asks an app its next questions, as many at once as it bears. */
export async function runAsks(
  context: JobContext,
  target: { project: string; id: string },
): Promise<void> {
  const startedAt = context.now();
  const app = await getTarget(context.db, target.project, target.id);
  const open = app && (await openOrSay(context, app));
  // What a run began with never changes: it is read once a message.
  const runs = new Map<string, ExperimentRunRecord | null>();
  async function runOf(jobId: string): Promise<ExperimentRunRecord | null> {
    const run = runs.get(jobId) ?? (await findRunOfJob(context.db, jobId));
    runs.set(jobId, run);
    return run;
  }
  let begun = 0;
  let isLeft = false;
  /** One ask after the other; another lane beside it whenever the app is found to bear one more. */
  async function runLane(): Promise<void> {
    for (;;) {
      isLeft ||= begun >= ASKS_OF_A_MESSAGE || context.now() - startedAt >= BEGIN_WITHIN_MS;
      if (isLeft) return;
      begun++;
      const now = context.now();
      const held = await claimAsk(context.db, target, { now, leaseUntil: now + LEASE_MS });
      if (held === null) return;
      if (app === null || open === null) {
        await stop(context, target.project, held, said("ask_target_gone"));
      } else if (await askHeld(context, { app, open, runOf }, held)) {
        startLane();
      }
    }
  }
  // A lane that fails must not cut off the questions of the others.
  const lanes: Promise<void>[] = [];
  const failures: unknown[] = [];
  function startLane(): void {
    lanes.push(runLane().catch((error: unknown) => void failures.push(error)));
  }
  for (let n = 0; n < (app?.slots ?? 1); n++) startLane();
  for (const lane of lanes) await lane;
  if (failures.length > 0) throw failures[0];
  if (isLeft) await tryWake(context, [{ message: { kind: "ask", ...target } }]);
  else await unwatchTarget(context.db, target);
}

/** Its key may not open: then nobody can be asked, and the run says so. */
async function openOrSay(context: JobContext, app: TargetRecord): Promise<OpenTarget | Said> {
  try {
    return await openTarget(context, app);
  } catch (error) {
    if (error instanceof AppError) return error.said;
    throw error;
  }
}
