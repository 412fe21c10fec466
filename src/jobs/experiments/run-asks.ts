import { utcDay } from "../../access/quota.ts";
import { AppError } from "../../errors.ts";
import { unwatchTarget } from "../../storage/due-targets.ts";
import { type ExperimentRunRecord, findRunOfJob } from "../../storage/experiments.ts";
import {
  claimAsk,
  type HeldAsk,
  keepAsks,
  type TakenAsk,
  type Taking,
} from "../../storage/held-asks.ts";
import { getTarget, type TargetRecord } from "../../storage/targets.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { keepAlive } from "../heartbeat.ts";
import { LEASE_MS, LOOK_MS } from "../job.ts";
import { tryWake } from "../wake.ts";
import { askHeld } from "./ask-held.ts";
import { type OpenTarget, openTarget } from "./call-target.ts";
import { type Settled, stop } from "./settle-ask.ts";

/**
 * How long one message begins new asks: a consumer has 15 minutes and a thousand queries of the database. Every turn of an
 * ask takes two, and looking after those under way one a second, up to five minutes after the last began.
 */
const BEGIN_WITHIN_MS = 8 * 60_000;
const BEGIN_WITHIN_QUERIES = 650;
const QUERIES_OF_A_TURN = 2;

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
  let queries = 0;
  let isLeft = false;
  /** As whom the next ask is taken; null: another message has to go on. */
  function begin(): Taking | null {
    const now = context.now();
    const ms = now - startedAt;
    isLeft ||= queries + ms / LOOK_MS >= BEGIN_WITHIN_QUERIES || ms >= BEGIN_WITHIN_MS;
    if (isLeft) return null;
    queries += QUERIES_OF_A_TURN;
    return { now, leaseUntil: now + LEASE_MS, day: utcDay(now) };
  }
  async function claim(): Promise<TakenAsk | null> {
    const taking = begin();
    return taking && claimAsk(context.db, target, taking);
  }
  const underWay = new Map<HeldAsk, AbortController>();
  /** One query for all that are under way; those that nobody waits for any more are broken off. */
  async function lookAfter(leaseUntil: number | null): Promise<boolean> {
    const asked = [...underWay.keys()];
    const held = await keepAsks(context.db, asked, leaseUntil);
    for (const one of asked) if (!held.includes(one)) underWay.get(one)?.abort();
    return true;
  }
  async function askOne(taken: TakenAsk): Promise<Settled> {
    const { held } = taken;
    if (app === null || open === null) {
      return stop(context, target.project, held, said("ask_target_gone"));
    }
    queries += QUERIES_OF_A_TURN * (held.item.turns?.length ?? 0);
    const controller = new AbortController();
    underWay.set(held, controller);
    try {
      return await askHeld(context, { app, open, runOf, begin }, taken, controller.signal);
    } finally {
      underWay.delete(held);
    }
  }
  /** One ask after the other; another lane beside it whenever the app is found to bear one more. */
  async function runLane(): Promise<void> {
    for (let taken = await claim(); taken !== null; ) {
      const { grew, next } = await askOne(taken);
      if (grew) startLane();
      taken = next === undefined ? await claim() : next;
    }
  }
  // A lane that fails must not cut off the questions of the others.
  const lanes: Promise<void>[] = [];
  const failures: unknown[] = [];
  function startLane(): void {
    lanes.push(runLane().catch((error: unknown) => void failures.push(error)));
  }
  const life = keepAlive({
    extend: () => lookAfter(context.now() + LEASE_MS),
    isHeld: () => lookAfter(null),
  });
  for (let n = 0; n < (app?.slots ?? 1); n++) startLane();
  for (const lane of lanes) await lane;
  life.end();
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
