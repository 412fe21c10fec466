import { utcDay } from "../../access/quota.ts";
import type { JudgeChoice, Measure, MeasuredJudge } from "../../contract/outcome.ts";
import { judgeKindOf } from "../../settings.ts";
import { readMeasure, writeMeasure } from "../../storage/judge-counts.ts";
import type { ChosenJudge } from "../chosen-judge.ts";
import type { JobContext } from "../context.ts";
import { CHECK_SET } from "./check-set.ts";
import {
  addMeasured,
  isProvenBetter,
  Measured,
  measureClaims,
  NOTHING_MEASURED,
  summarizeMeasured,
} from "./measure-claims.ts";

/** Claims put to the judge in one request: a free plan may make fifty calls in one. */
const CLAIMS_AT_ONCE = 80;

/** What offline and chat judges are measured under: their kind and model. */
function measureKey(kind: string, model: string | null): string {
  return model === null ? kind : `${kind}:${model}`;
}

export interface MeasureStep {
  model: string;
  summary: Measure;
  kinds: Measured["kinds"];
  /** Where to go on; null: all claims were put to it. */
  next: number | null;
}

/**
 * Puts the claims from `from` on to a judge, as many as one request may ask for, past its memory, and keeps the sum
 * with the day.
 * @throws JudgeUnavailable
 */
export async function measureJudge(
  context: JobContext,
  wish: { project: string; judge: JudgeChoice | null; judgeModel: string | null; from: number },
  signal?: AbortSignal,
): Promise<MeasureStep> {
  const { from, ...asked } = wish;
  const request = {
    ...asked,
    embeddingModel: null,
    consistency: "off",
    keepsNoTexts: true,
  } as const;
  const chosen = await context.chooseJudge(request);
  const offline = await context.chooseJudge({ ...request, judge: "offline" });
  const claims = CHECK_SET.slice(from, from + CLAIMS_AT_ONCE);
  const part = await measureClaims(chosen.judge, offline.judge, claims, context.now, signal);
  const model = measureKey(chosen.kind, chosen.model);
  const day = utcDay(context.now());
  const before = from === 0 ? null : await readMeasure(context.home, model);
  const sum = addMeasured(readMeasured(before?.measured), part);
  await writeMeasure(context.home, { model, day, measured: sum });
  const end = from + claims.length;
  return {
    model,
    summary: summarizeMeasured(sum),
    kinds: sum.kinds,
    next: end < CHECK_SET.length ? end : null,
  };
}

function readMeasured(stored: unknown): Measured {
  const read = Measured.safeParse(stored);
  return read.success ? read.data : NOTHING_MEASURED;
}

/** The newest measurement of a judge, with its day; null: it was never measured. */
export async function findMeasure(
  home: D1Database,
  kind: string,
  model: string | null,
): Promise<{ day: string; measured: Measured } | null> {
  const found = await readMeasure(home, measureKey(kind, model));
  return found && { day: found.day, measured: readMeasured(found.measured) };
}

/** What is known of a judge when its run ends; null: it was never measured; undefined: nobody can tell just now. */
export async function measuredAtFinish(
  { home }: Pick<JobContext, "home">,
  { kind, model }: Pick<ChosenJudge, "kind" | "model">,
): Promise<MeasuredJudge | null | undefined> {
  const found = await findMeasure(home, kind, model).catch(() => undefined);
  return found && { day: found.day, ...summarizeMeasured(found.measured) };
}

/** Was this model measured, whole, and proven better than the offline judge? */
export async function isBetterThanOffline(home: D1Database, model: string): Promise<boolean> {
  const found = await findMeasure(home, "decision", model).catch(() => null);
  return found !== null && isProvenBetter(found.measured, CHECK_SET.length);
}

/** The model of the platform that would judge once it is measured, and is not yet, whole; null: there is none. */
export async function findUnmeasured({
  home,
  settings,
}: Pick<JobContext, "home" | "settings">): Promise<string | null> {
  const { model } = settings.decision;
  let isAsked = false;
  await judgeKindOf(settings, null, async () => {
    isAsked = true;
    return false;
  });
  const found = isAsked ? await findMeasure(home, "decision", model) : null;
  const isWhole = found !== null && found.measured.claims >= CHECK_SET.length;
  return isAsked && !isWhole ? model : null;
}
