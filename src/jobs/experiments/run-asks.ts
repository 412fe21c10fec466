import { utcDay } from "../../access/quota.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { AskCost, AskOutcome } from "../../contract/target.ts";
import { AppError } from "../../errors.ts";
import { putInput } from "../../storage/artifacts.ts";
import {
  claimAsk,
  type DoneAsk,
  finishAsk,
  type HeldAsk,
  holdsAsk,
  noteAsk,
  releaseAsk,
  stopAsking,
  unwatchTarget,
} from "../../storage/asks.ts";
import { type ExperimentRunRecord, findRunOfJob } from "../../storage/experiments.ts";
import { getTarget, type TargetRecord, takeFromBudget } from "../../storage/targets.ts";
import type { Question, Reading, Refusal } from "../../targets/target-kind.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { keepAlive } from "../heartbeat.ts";
import { LEASE_MS, WAKE_PAUSE_MS } from "../job.ts";
import { tryWake } from "../wake.ts";
import { type Asked, type OpenTarget, openTarget, TargetRefusal } from "./call-target.ts";
import { endAskingOf, largeReplyKey, wakeAsks } from "./wake-asks.ts";

/** Asks of one message, and how long it begins new ones: a consumer has 15 minutes and a thousand requests. */
const ASKS_OF_A_MESSAGE = 150;
const BEGIN_WITHIN_MS = 8 * 60_000;
const LONGEST_ASK_MS = 5 * 60_000;
/** Equal errors in a row after which a run asks no further. */
const EQUAL_ERRORS = 5;
const TRIES = { again: 4, busy: 40, running: 30 } as const;
const LARGEST_ROW_REPLY_CHARACTERS = 400_000;

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

/** True: the app bears one more at once. */
async function askHeld(
  context: JobContext,
  {
    app,
    open,
    runOf,
  }: {
    app: TargetRecord;
    open: OpenTarget | Said;
    runOf: (jobId: string) => Promise<ExperimentRunRecord | null>;
  },
  held: HeldAsk,
): Promise<boolean> {
  const { project } = app;
  if ("code" in open) return stop(context, project, held, open);
  const startedAt = context.now();
  const run = await runOf(held.jobId);
  const life = keepAlive({
    extend: () => noteAsk(context.db, held, { leaseUntil: context.now() + LEASE_MS }),
    isHeld: () => holdsAsk(context.db, held),
  });
  const question: Question = {
    question: held.item.question,
    inputs: { ...run?.inputs, ...held.item.inputs },
    files: held.item.files ?? [],
    user: userOf(held),
    handle: held.handle ?? {},
    history: [],
  };
  const asking = { app, open, held, question };
  try {
    const found = held.lost > 0 ? await lookUp(context, asking) : "none";
    const asked = found === "none" ? await askAll(context, asking, life.signal) : found;
    if (asked === null) return false;
    if (life.signal.aborted) {
      // Nobody waits for it any more: its run was cancelled, or another consumer has it.
      await open.stop(question, held.handle ?? {});
      return false;
    }
    return await settle(context, asking, asked, context.now() - startedAt);
  } finally {
    life.end();
  }
}

/** Of this ask and no other, at every attempt: it is looked up by it, and people can leave it out of statistics. */
function userOf({ jobId, seq }: HeldAsk): string {
  return `touchstone-${jobId.replace(/^job_/, "")}-${seq}`;
}

/** Puts what was said before and then the question, in one conversation. Null: it was given back. */
async function askAll(
  context: JobContext,
  { app, open, held, question }: Asking,
  signal: AbortSignal,
): Promise<Asked | null> {
  let { handle } = question;
  const history: { question: string; answer: string }[] = [];
  const turns = [...(held.item.turns ?? []), question.question];
  const timeout = AbortSignal.timeout(LONGEST_ASK_MS);
  for (const [at, turn] of turns.entries()) {
    if (!(await takeFromBudget(context.db, app, utcDay(context.now())))) {
      const why = said("ask_budget_spent", { limit: app.asksPerDay ?? 0 });
      await stop(context, app.project, held, why);
      return null;
    }
    const asked = await open.ask(
      { ...question, question: turn, handle, history },
      {
        signal: AbortSignal.any([signal, timeout]),
        onHandle: async (given) => {
          held.handle = { ...held.handle, ...given };
          await noteAsk(context.db, held, { handle: held.handle });
        },
      },
    );
    if (asked.kind !== "read" || at === turns.length - 1) return asked;
    handle = { ...handle, ...asked.reading.handle };
    history.push({ question: turn, answer: asked.reading.answer ?? "" });
  }
  return null;
}

/** What became of an ask that may have reached the app. `none`: it did not. Null: it was given back, to be looked up later. */
async function lookUp(context: JobContext, asking: Asking): Promise<Asked | "none" | null> {
  const { open, held, question } = asking;
  const { kind, app, get } = open;
  const isOneTurn = (held.item.turns?.length ?? 0) === 0;
  const lost: Asked = { kind: "lost", why: said("ask_lost"), isTimeout: false };
  if (kind.lookUp === undefined || !isOneTurn) return lost;
  const later = () => (held.failures >= TRIES.running ? lost : wait(context, asking, 10_000));
  try {
    const found = await kind.lookUp(app, question, get);
    if (found === "untold") return lost;
    if (found === "running") return await later();
    if (found === "none") {
      held.lost = 0;
      return "none";
    }
    return found.refusal === null
      ? { kind: "read", reading: found }
      : { kind: "refused", refusal: { ...found.refusal, means: "row" } };
  } catch (error) {
    if (!(error instanceof TargetRefusal)) throw error;
    if (error.refusal?.means === "stop") return { kind: "refused", refusal: error.refusal };
    return await later();
  }
}

/** Gives an ask back, to be taken again later. */
async function wait(
  context: JobContext,
  { app, held }: Asking,
  delayMs: number,
  { isLost = false, isBusy = false } = {},
): Promise<null> {
  const wakeAt = context.now() + delayMs;
  await releaseAsk(context.db, held, app.project, { wakeAt, isLost, isBusy });
  const message = { kind: "ask", project: app.project, id: held.targetId } as const;
  await tryWake(context, [{ message, delaySeconds: Math.ceil(delayMs / 1000) }]);
  return null;
}

interface Asking {
  app: TargetRecord;
  open: OpenTarget;
  held: HeldAsk;
  question: Question;
}

async function settle(
  context: JobContext,
  asking: Asking,
  asked: Asked,
  ms: number,
): Promise<boolean> {
  const { app, open, held, question } = asking;
  const { project } = app;
  switch (asked.kind) {
    case "read":
      return finish(context, project, held, { ...readOutcome(asked.reading), ms });
    case "closed":
      return stop(context, project, held, asked.why);
    case "lost": {
      if (asked.isTimeout) await open.stop(question, held.handle ?? {});
      if (asked.isTimeout || open.kind.lookUp === undefined || held.lost > 0) {
        const outcome = asked.isTimeout ? "timed_out" : "unknown";
        const why = asked.isTimeout ? asked.why : said("ask_lost");
        // What a consumer of ours left behind when it died is no error of the app.
        const error = asked.isTimeout || held.lost === 0 ? outcome : null;
        return finish(context, project, held, { outcome, why, ms, error });
      }
      await wait(context, asking, 3000, { isLost: true });
      return false;
    }
    case "refused":
      return refused(context, asking, asked.refusal, ms);
    default:
      return asked satisfies never;
  }
}

async function refused(
  context: JobContext,
  asking: Asking,
  refusal: Refusal,
  ms: number,
): Promise<boolean> {
  const { app, held, open } = asking;
  const why = said("target_said", { words: refusal.words.slice(0, 500) });
  if (refusal.means === "stop") return stop(context, app.project, held, why, "app_error");
  if (refusal.means === "busy" && held.failures < TRIES.busy) {
    await wait(context, asking, 2000 + (context.now() % 1000), { isBusy: true });
    return false;
  }
  // It may have been answered all the same, so it is looked up first; where nobody can, it is not asked again.
  if (refusal.means === "again" && open.kind.lookUp !== undefined && held.failures < TRIES.again) {
    await wait(context, asking, 3000 * 2 ** held.failures, { isLost: true });
    return false;
  }
  return finish(context, app.project, held, { outcome: "app_error", why, ms, error: refusal.code });
}

function readOutcome(reading: Reading): Pick<DoneAsk, "outcome" | "why"> & Partial<End> {
  const { answer, special, contexts, retrievedIds, contextsFrom, cost } = reading;
  if (special === "paused") return { outcome: "paused", why: said("ask_paused"), cost };
  if (special === "canned") return { outcome: "canned", why: said("ask_canned"), cost };
  const reply = {
    answer: answer ?? "",
    contexts: contexts?.slice(0, LIMITS.passages) ?? null,
    retrievedIds,
    contextsFrom,
  };
  if (reply.answer.trim() === "") {
    const why = said("target_said", { words: "“”" });
    return { outcome: "app_error", why, cost, error: "empty_answer" };
  }
  return { outcome: "answered", why: null, cost, reply };
}

interface End {
  outcome: AskOutcome;
  why: Said | null;
  ms: number;
  error: string | null;
  cost: Omit<AskCost, "ms">;
  reply: DoneAsk["reply"];
}

/** True: the app bears one more at once. */
async function finish(
  context: JobContext,
  project: string,
  held: HeldAsk,
  end: Pick<End, "outcome" | "why" | "ms"> & Partial<End>,
): Promise<boolean> {
  const { ms, reply = null, error = null, cost } = end;
  const text = JSON.stringify(reply);
  const isLarge = text.length > LARGEST_ROW_REPLY_CHARACTERS;
  if (isLarge) await putInput(context.bucket, largeReplyKey(project, held.jobId, held.seq), text);
  const now = context.now();
  const done = {
    outcome: end.outcome,
    why: end.why,
    ms,
    cost: cost === undefined ? null : { ms, ...cost },
    reply: isLarge ? null : reply,
    error,
  };
  const finished = await finishAsk(context.db, held, project, done, {
    now,
    wakeAt: now + WAKE_PAUSE_MS,
  });
  context.log({
    event: "ask.finished",
    job_id: held.jobId,
    seq: held.seq,
    attempt: held.attempt,
    outcome: end.outcome,
    ms,
  });
  if (finished === null) return false;
  const isHopeless = error !== null && finished.sameErrors >= EQUAL_ERRORS && !finished.isLast;
  if (isHopeless) {
    const why = said("ask_same_errors", { count: EQUAL_ERRORS, why: end.why ?? "" });
    await stopAsking(context.db, held.jobId, held.targetId, said("ask_stopped", { why }));
    // With nothing left to ask this was the last.
    await wakeAsks(context, { project, id: held.jobId });
    return false;
  }
  await endAskingOf(context, project, held.jobId, finished.isLast);
  return finished.grew;
}

/** No other question would fare better. */
async function stop(
  context: JobContext,
  project: string,
  held: HeldAsk,
  why: Said,
  outcome: AskOutcome = "not_asked",
): Promise<boolean> {
  await stopAsking(context.db, held.jobId, held.targetId, said("ask_stopped", { why }));
  return finish(context, project, held, { outcome, why, ms: 0 });
}
