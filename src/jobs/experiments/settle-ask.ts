import { LIMITS } from "../../contract/limits.ts";
import type { AskCost, AskOutcome } from "../../contract/target.ts";
import { putInput } from "../../storage/artifacts.ts";
import { stopAsking } from "../../storage/asks.ts";
import {
  type DoneAsk,
  type FinishedAsk,
  finishAsk,
  type HeldAsk,
  releaseAsk,
  type Taking,
} from "../../storage/held-asks.ts";
import type { TargetRecord } from "../../storage/targets.ts";
import type { Question, Reading, Refusal } from "../../targets/target-kind.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { WAKE_PAUSE_MS } from "../job.ts";
import { tryWake } from "../wake.ts";
import type { Asked, OpenTarget } from "./call-target.ts";
import { endAskingOf, largeReplyKey, wakeAsks } from "./wake-asks.ts";

/** Equal errors in a row after which a run asks no further. */
const EQUAL_ERRORS = 5;
const TRIES = { again: 4, busy: 40 } as const;
const LARGEST_ROW_REPLY_CHARACTERS = 400_000;

/** An ask under way. */
export interface Asking {
  app: TargetRecord;
  open: OpenTarget;
  held: HeldAsk;
  isPaid: boolean;
  question: Question;
  /** As whom the next ask is taken; null: nobody takes one here. */
  begin: () => Taking | null;
}

/** What follows an ask: `grew`: the app bears one more at once; `next`: undefined: nobody looked for one. */
export type Settled = Pick<FinishedAsk, "grew" | "next">;
export const NOTHING_MORE: Settled = { grew: false, next: undefined };

/** Ends an ask or puts it off, as what the app said wants it. */
export async function settle(
  context: JobContext,
  asking: Asking,
  asked: Asked,
  ms: number,
): Promise<Settled> {
  const { app, open, held, question, begin } = asking;
  const { project } = app;
  switch (asked.kind) {
    case "read":
      return finish(
        context,
        project,
        held,
        { ...readOutcome(asked.reading, held.lost > 0), ms },
        begin,
      );
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
      await putOff(context, asking, 3000, { isLost: true });
      return NOTHING_MORE;
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
): Promise<Settled> {
  const { app, held, open } = asking;
  const why = said("target_said", { words: refusal.words.slice(0, 500) });
  if (refusal.means === "stop") return stop(context, app.project, held, why, "app_error");
  if (refusal.means === "busy" && held.failures < TRIES.busy) {
    await putOff(context, asking, 2000 + (context.now() % 1000), { isBusy: true });
    return NOTHING_MORE;
  }
  // It may have been answered all the same, so it is looked up first; where nobody can, it is not asked again.
  if (refusal.means === "again" && open.kind.lookUp !== undefined && held.failures < TRIES.again) {
    await putOff(context, asking, 3000 * 2 ** held.failures, { isLost: true });
    return NOTHING_MORE;
  }
  return finish(context, app.project, held, { outcome: "app_error", why, ms, error: refusal.code });
}

/** `isFound`: by looking it up, not from the app's own reply. */
function readOutcome(
  reading: Reading,
  isFound: boolean,
): Pick<DoneAsk, "outcome" | "why"> & Partial<End> {
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
  const why = isFound && reply.contexts === null ? said("ask_found") : null;
  return { outcome: "answered", why, cost, reply };
}

interface End {
  outcome: AskOutcome;
  why: Said | null;
  ms: number;
  error: string | null;
  cost: Omit<AskCost, "ms">;
  reply: DoneAsk["reply"];
}

async function finish(
  context: JobContext,
  project: string,
  held: HeldAsk,
  end: Pick<End, "outcome" | "why" | "ms"> & Partial<End>,
  begin: Asking["begin"] = () => null,
): Promise<Settled> {
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
    // After an error it may be that the run asks no further.
    taking: error === null ? begin() : null,
  });
  context.log({
    event: "ask.finished",
    job_id: held.jobId,
    seq: held.seq,
    attempt: held.attempt,
    outcome: end.outcome,
    ms,
  });
  if (finished === null) return NOTHING_MORE;
  const isHopeless = error !== null && finished.sameErrors >= EQUAL_ERRORS && !finished.isLast;
  if (isHopeless) {
    const why = said("ask_same_errors", { count: EQUAL_ERRORS, why: end.why ?? "" });
    await stopAsking(context.db, held.jobId, held.targetId, said("ask_stopped", { why }));
    // With nothing left to ask this was the last.
    await wakeAsks(context, { project, id: held.jobId });
    return NOTHING_MORE;
  }
  await endAskingOf(context, project, held.jobId, finished.isLast);
  return finished;
}

/** No other question would fare better. */
export async function stop(
  context: JobContext,
  project: string,
  held: HeldAsk,
  why: Said,
  outcome: AskOutcome = "not_asked",
): Promise<Settled> {
  await stopAsking(context.db, held.jobId, held.targetId, said("ask_stopped", { why }));
  return finish(context, project, held, { outcome, why, ms: 0 });
}

/** Gives an ask back, to be taken again later. */
export async function putOff(
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
