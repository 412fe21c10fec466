import { utcDay } from "../../access/quota.ts";
import type { ExperimentRunRecord } from "../../storage/experiments.ts";
import { type HeldAsk, noteHandle, type TakenAsk } from "../../storage/held-asks.ts";
import { type TargetRecord, takeFromBudget } from "../../storage/targets.ts";
import type { Question } from "../../targets/target-kind.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { type Asked, type OpenTarget, TargetRefusal } from "./call-target.ts";
import { type Asking, NOTHING_MORE, putOff, type Settled, settle, stop } from "./settle-ask.ts";

const LONGEST_ASK_MS = 5 * 60_000;
/** Looks at an answer that the app is still writing. */
const LOOKS = 30;

/** Asks the question of an ask that is held, or looks for its answer. */
export async function askHeld(
  context: JobContext,
  {
    app,
    open,
    runOf,
    begin,
  }: {
    app: TargetRecord;
    open: OpenTarget | Said;
    runOf: (jobId: string) => Promise<ExperimentRunRecord | null>;
    begin: Asking["begin"];
  },
  { held, isPaid }: TakenAsk,
  signal: AbortSignal,
): Promise<Settled> {
  const { project } = app;
  if ("code" in open) return stop(context, project, held, open);
  const startedAt = context.now();
  const run = await runOf(held.jobId);
  const question: Question = {
    question: held.item.question,
    inputs: { ...run?.inputs, ...held.item.inputs },
    files: held.item.files ?? [],
    user: userOf(held),
    handle: held.handle ?? {},
    history: [],
  };
  const asking = { app, open, held, isPaid, question, begin };
  const found = held.lost > 0 ? await lookUp(context, asking) : "none";
  const asked = found === "none" ? await askAll(context, asking, signal) : found;
  if (asked === null) return NOTHING_MORE;
  if (signal.aborted) {
    // Nobody waits for it any more: its run was cancelled, or another consumer has it.
    await open.stop(question, held.handle ?? {});
    return NOTHING_MORE;
  }
  return settle(context, asking, asked, context.now() - startedAt);
}

/** Of this ask and no other, at every attempt: it is looked up by it, and people can leave it out of statistics. */
function userOf({ jobId, seq }: HeldAsk): string {
  return `touchstone-${jobId.replace(/^job_/, "")}-${seq}`;
}

/** Puts what was said before and then the question, in one conversation. Null: it was given back. */
async function askAll(
  context: JobContext,
  { app, open, held, isPaid, question }: Asking,
  signal: AbortSignal,
): Promise<Asked | null> {
  let { handle } = question;
  const history: { question: string; answer: string }[] = [];
  const turns = [...(held.item.turns ?? []), question.question];
  const timeout = AbortSignal.timeout(LONGEST_ASK_MS);
  for (const [at, turn] of turns.entries()) {
    const mayAsk =
      (at === 0 && isPaid) || (await takeFromBudget(context.db, app, utcDay(context.now())));
    if (!mayAsk) {
      const { asksPerDay: limit } = app;
      const why = limit === null ? said("ask_target_gone") : said("ask_budget_spent", { limit });
      await stop(context, app.project, held, why);
      return null;
    }
    const asked = await open.ask(
      { ...question, question: turn, handle, history },
      {
        signal: AbortSignal.any([signal, timeout]),
        onHandle: async (given) => {
          held.handle = { ...held.handle, ...given };
          await noteHandle(context.db, held, held.handle);
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
  const later = () => (held.failures >= LOOKS ? lost : putOff(context, asking, 10_000));
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
