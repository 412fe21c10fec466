import { utcDay } from "../../access/quota.ts";
import { sealSecret } from "../../access/sealed-secret.ts";
import type { AskedTarget, AskTarget, CreateTarget } from "../../contract/target.ts";
import { AppError } from "../../errors.ts";
import { openDestination } from "../../net/destination.ts";
import { takeTurn } from "../../storage/facts.ts";
import { changeTarget, type TargetRecord, takeFromBudget } from "../../storage/targets.ts";
import { type Said, said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import type { Reader } from "../../words/speaker.ts";
import type { JobContext } from "../context.ts";
import { type Asked, kindOf, openTarget, TargetRefusal, targetReach } from "./call-target.ts";

const TRIAL_EVERY_MS = 2000;
const LONGEST_TRIAL_MS = 90_000;

/** An address an app may have, as it is kept. @throws AppError with what the operator can do */
export function checkAddress({ settings }: Pick<JobContext, "settings">, url: string): string {
  const place = openDestination(url, targetReach(settings));
  if (!("code" in place)) return new URL(url).href.replace(/\/+$/, "");
  const host = URL.canParse(url) && new URL(url).host !== "" ? new URL(url).host : "dify.lan:8080";
  const problem = said("target_hosts", { problem: said("base_url", { problem: place }), host });
  throw refuse("base_url", problem);
}

export function sealKey(
  { settings }: Pick<JobContext, "settings">,
  { project, id }: { project: string; id: string },
  key: string,
): Promise<string> {
  return sealSecret(settings, { project, row: id, field: "api_key" }, key);
}

/** What the app says of itself: its mode, what it asks for, and what is to be known. @throws AppError */
export async function discover(
  context: JobContext,
  target: TargetRecord,
): Promise<{ mode: string; inputs: TargetRecord["inputs"]; notes: Said[] }> {
  const kind = kindOf(target);
  try {
    const { get } = await openTarget(context, target);
    const facts = (await kind.discover?.(get)) ?? {
      mode: kind.mode ?? "chat",
      inputs: [],
      notes: [],
    };
    const problem = kind.problem?.({ ...target, ...facts }) ?? null;
    if (problem !== null) throw refuse("options", problem);
    return facts;
  } catch (error) {
    if (error instanceof TargetRefusal) throw refuse("base_url", error.why);
    throw error;
  }
}

export function newTarget(
  { now, newId }: Pick<JobContext, "now" | "newId">,
  project: string,
  createdBy: string,
  { name, kind, options, asks_per_day }: CreateTarget,
): TargetRecord {
  return {
    ...{ project, id: `tgt_${newId()}`, name, kind, options, asksPerDay: asks_per_day },
    ...{ mode: "", baseUrl: "", apiKey: null, inputs: [], createdAt: now(), createdBy },
    ...{ trial: null, slots: 2, askedDay: "", asked: 0 },
  };
}

/** One question at once; what it took is what an experiment is estimated by. */
export async function askByHand(
  context: JobContext,
  target: TargetRecord,
  { question, inputs }: AskTarget,
  reader: Reader,
): Promise<AskedTarget> {
  const now = context.now();
  if (!(await takeTurn(context.db, `trial:${target.id}`, now, now + TRIAL_EVERY_MS))) {
    throw new AppError(said("rate_limited.trial"), { retryAfterSeconds: TRIAL_EVERY_MS / 1000 });
  }
  if (!(await takeFromBudget(context.db, target, utcDay(now)))) {
    throw new AppError(said("quota_exceeded.asks", { limit: target.asksPerDay ?? 0 }));
  }
  const open = await openTarget(context, target);
  const user = `touchstone-trial-${context.newId()}`;
  const asked = await open.ask(
    { question, inputs, files: [], user, handle: {}, history: [] },
    { signal: AbortSignal.timeout(LONGEST_TRIAL_MS), onHandle: async () => undefined },
  );
  const ms = context.now() - now;
  const view = viewAsked(asked, ms, reader);
  if (view.outcome === "answered") await changeTarget(context.db, target, { trial: view.cost });
  return view;
}

function viewAsked(asked: Asked, ms: number, reader: Reader): AskedTarget {
  const empty = {
    ...{ answer: null, contexts: null, contexts_from: null },
    cost: { ms, tokens: null, price: null, currency: null },
  };
  if (asked.kind === "read") {
    const { answer, contexts, contextsFrom, special, cost } = asked.reading;
    const why =
      special === "canned" ? said("ask_canned") : special === "paused" ? said("ask_paused") : null;
    return {
      ...{ outcome: special ?? "answered", answer, contexts, contexts_from: contextsFrom },
      why: why && say(why, reader),
      cost: { ms, ...cost },
    };
  }
  if (asked.kind === "refused") {
    const why = say(said("target_said", { words: asked.refusal.words.slice(0, 500) }), reader);
    return { ...empty, outcome: "app_error", why };
  }
  const outcome = asked.kind === "closed" ? "not_asked" : asked.isTimeout ? "timed_out" : "unknown";
  return { ...empty, outcome, why: say(asked.why, reader) };
}

function refuse(field: string, why: Said): AppError {
  return new AppError(said("invalid_request.target", { why }), {
    errors: [{ pointer: `#/${field}`, detail: why }],
  });
}
