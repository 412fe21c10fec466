import { utcDay } from "../../access/quota.ts";
import {
  EXPERIMENT_LIMITS,
  type ExperimentEstimate,
  type ExperimentWish,
} from "../../contract/experiment.ts";
import type { TestItem } from "../../contract/test-set.ts";
import { AppError } from "../../errors.ts";
import { readGateRequest } from "../../intake/gate-request.ts";
import { DEFAULT_METRICS } from "../../scoring/metrics/registry.ts";
import { uploadKey } from "../../storage/artifacts.ts";
import { insertExperiment, type NewRun } from "../../storage/experiments.ts";
import { SLOTS } from "../../storage/held-asks.ts";
import { newJob } from "../../storage/job-records.ts";
import type { BatchOptions } from "../../storage/schema.ts";
import { getTarget, type TargetRecord } from "../../storage/targets.ts";
import { getTestSet, listTestItems, type TestSetRecord } from "../../storage/test-sets.ts";
import { whyNotAskable } from "../../targets/can-ask.ts";
import { type Said, said } from "../../words/said.ts";
import { judgeAskedBy } from "../chosen-judge.ts";
import type { JobContext } from "../context.ts";
import { detectLanguage } from "../detect-language.ts";
import { WAKE_PAUSE_MS } from "../job.ts";
import type { WakeUp } from "../messages.ts";
import { tryWake } from "../wake.ts";
import { kindOf } from "./call-target.ts";

const OPTIONS: BatchOptions = {
  ...{ judge: null, judge_model: null, embedding_model: null, compat: null, fallback: null },
  ...{ metrics: null, language: null, charset: "utf-8", format: "touchstone", store_text: true },
};

interface Part {
  target: TargetRecord;
  label: string;
  inputs: Record<string, unknown>;
  cannot: ReadonlyMap<string, Said>;
}

export interface ExperimentPlan {
  wish: ExperimentWish;
  set: TestSetRecord;
  items: (TestItem & { id: string })[];
  parts: Part[];
  asks: number;
}

/** What would be asked of whom, and what cannot be. @throws AppError when it is nothing, or too much */
export async function planExperiment(
  context: JobContext,
  project: string,
  wish: ExperimentWish,
): Promise<ExperimentPlan> {
  const { db } = context;
  // A rule that cannot be read is told now, and not when all has been asked.
  if (wish.rules.length > 0) {
    readGateRequest({ run_id: "any", base_run_id: "any", rules: wish.rules.join("\n") });
  }
  const set = await getTestSet(db, project, wish.test_set_id);
  if (set === null) throw new AppError(said("not_found.test_set", { id: wish.test_set_id }));
  const all = await listTestItems(db, set.id);
  const chosen = wish.items === undefined ? null : new Set(wish.items);
  const items = all.flatMap((item) =>
    item.id !== undefined && (chosen === null || chosen.has(item.id))
      ? [{ ...item, id: item.id }]
      : [],
  );
  if (items.length === 0) throw new AppError(said("invalid_request.empty_set"));
  const parts: Part[] = [];
  for (const { target_id: id, inputs, label } of wish.targets) {
    const target = await getTarget(db, project, id);
    if (target === null) throw new AppError(said("not_found.target", { id }));
    const cannot = new Map<string, Said>();
    for (const item of items) {
      const why = whyNotAskable(kindOf(target), target, item, inputs);
      if (why !== null) cannot.set(item.id, why);
    }
    parts.push({ target, label: label ?? target.name, inputs, cannot });
  }
  const questions = ({ cannot }: Part) =>
    items.reduce((sum, { id, turns }) => sum + (cannot.has(id) ? 0 : 1 + (turns?.length ?? 0)), 0);
  const asks = wish.repeat * parts.reduce((sum, part) => sum + questions(part), 0);
  const [why] = parts[0]?.cannot.values() ?? [];
  if (asks === 0) throw new AppError(said("invalid_request.nothing_askable", { why: why ?? "" }));
  const limit = EXPERIMENT_LIMITS.asks;
  if (asks > limit) throw new AppError(said("invalid_request.too_many_asks", { limit, asks }));
  return { wish, set, items, parts, asks };
}

/** Time and money, as the last question by hand took them. */
export function estimate({
  parts,
  items,
  wish,
  asks,
}: ExperimentPlan): Omit<ExperimentEstimate, "cannot_ask"> {
  const trials = parts.map(({ target: { trial, slots }, cannot }) => {
    if (trial === null) return null;
    const own = (items.length - cannot.size) * wish.repeat;
    // It starts with as many at once as it bears now, and mostly ends with the most.
    const atOnce = Math.min(SLOTS.most, Math.max(slots, own > 50 ? 4 : slots));
    return {
      seconds: (own * trial.ms) / atOnce / 1000,
      price: trial.price === null ? null : own * trial.price,
      trial,
    };
  });
  const known = trials.filter((trial) => trial !== null);
  const isAll = known.length === parts.length;
  const prices = known.map(({ price }) => price).filter((price) => price !== null);
  return {
    asks,
    needs_confirmation: asks > EXPERIMENT_LIMITS.unconfirmedAsks,
    seconds: isAll ? Math.ceil(Math.max(...known.map(({ seconds }) => seconds))) : null,
    price:
      isAll && prices.length === parts.length
        ? prices.reduce((sum, price) => sum + price, 0)
        : null,
    currency: known[0]?.trial.currency ?? null,
  };
}

/** Refuses many asks that nobody said are meant, and what is beyond a budget. */
export function checkConfirmed(
  plan: ExperimentPlan,
  confirmed: number | undefined,
  now: number,
): void {
  const { asks, parts } = plan;
  if (asks > EXPERIMENT_LIMITS.unconfirmedAsks && confirmed !== asks) {
    throw new AppError(said("invalid_request.confirm_asks", { asks }));
  }
  for (const { target } of parts) {
    const { asksPerDay, askedDay, asked } = target;
    if (asksPerDay === null) continue;
    const used = askedDay === utcDay(now) ? asked : 0;
    if (used >= asksPerDay) throw new AppError(said("quota_exceeded.asks", { limit: asksPerDay }));
  }
}

export interface Starter {
  project: string;
  createdBy: string;
  scheduleId: string | null;
}

/** Writes an experiment, then wakes those who ask. Once this returns nothing of it is lost. */
export async function startExperiment(
  context: JobContext,
  { wish, set, items, parts }: ExperimentPlan,
  { project, createdBy, scheduleId }: Starter,
  newId: () => string = context.newId,
): Promise<{ id: string; runs: { label: string; job_id: string }[] }> {
  const now = context.now();
  const id = `exp_${newId()}`;
  const chosen = await context.chooseJudge(judgeAskedBy(project, OPTIONS));
  const runs: NewRun[] = [];
  for (const part of parts) {
    for (let time = 1; time <= wish.repeat; time++) {
      const jobId = `job_${newId()}`;
      const label = wish.repeat === 1 ? part.label : `${part.label} #${time}`;
      const { target, inputs, cannot } = part;
      const job = newJob(now, {
        ...{ project, id: jobId, kind: "batch", status: "running", startedAt: now },
        ...{ question: "", name: `${wish.name ?? set.name} · ${label}`.slice(0, 200) },
        language: detectLanguage(items[0]?.question ?? ""),
        metrics: [...DEFAULT_METRICS],
        ...{ judge: chosen.kind, judgeModel: chosen.model, embeddingModel: chosen.embeddingModel },
        ...{ callbackUrl: null, traceparent: null, submittedBy: createdBy, fingerprint: jobId },
        ...{ total: items.length, source: "test-set" },
      });
      const asks = items.map((item, seq) => {
        const why = cannot.get(item.id) ?? null;
        const end =
          why === null
            ? ({ state: "waiting", outcome: null } as const)
            : ({ state: "done", outcome: "not_asked" } as const);
        return { seq, targetId: target.id, itemId: item.id, item, why, ...end };
      });
      const run = {
        ...{ project, experimentId: id, n: runs.length, jobId, targetId: target.id, label, inputs },
        total: items.length,
      };
      runs.push({ run, job, asks, uploadKey: uploadKey(project, jobId), options: OPTIONS });
    }
  }
  const experiment = {
    ...{
      project,
      id,
      name: wish.name,
      setId: set.id,
      setVersion: set.version,
      baseRunId: wish.base_run_id,
    },
    ...{ rules: wish.rules, scheduleId, createdAt: now, createdBy },
  };
  await insertExperiment(context.db, experiment, runs, now + WAKE_PAUSE_MS);
  context.log({
    event: "experiment.started",
    experiment_id: id,
    project,
    runs: runs.length,
    items: items.length,
  });
  await tryWake(context, runs.map(wakeUpOfRun));
  return { id, runs: runs.map(({ run }) => ({ label: run.label, job_id: run.jobId })) };
}

/** Its app is asked at once; a run of which nothing can be asked goes on to its end. */
function wakeUpOfRun({ run: { project, targetId, jobId }, asks }: NewRun): { message: WakeUp } {
  const isAsked = asks.some(({ state }) => state === "waiting");
  return {
    message: {
      project,
      ...(isAsked ? { kind: "ask", id: targetId } : { kind: "plan", id: jobId }),
    },
  };
}
