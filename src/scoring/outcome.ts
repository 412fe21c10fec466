import * as z from "zod";

/** Closed list: why a metric has no number. */
export const REASONS = [
  "missing_answer",
  "missing_contexts",
  "missing_ground_truth",
  "missing_reference_contexts",
  "missing_ids",
  "no_claims",
  "no_reference_claims",
  "abstained",
  "judge_error",
  "judge_refused",
  "budget",
  "cancelled",
  "not_asked",
  "small_talk",
] as const;
export type Reason = (typeof REASONS)[number];

/** By chat model, by decision model, by words alone. */
export const JUDGE_KINDS = ["llm", "decision", "offline"] as const;
export type JudgeKind = (typeof JUDGE_KINDS)[number];

/** Of a judge's name as runs and evidence carry it: `llm:gpt-6-luna`, `offline-lexical@1`. */
export function kindOfJudge(name: string): JudgeKind {
  return JUDGE_KINDS.find((kind) => name.startsWith(kind)) ?? "llm";
}

/** One metric of one sample. `value` is a number exactly when `status` is `scored`; never NaN. */
export const Outcome = z.object({
  status: z.enum(["scored", "not_applicable", "failed"]),
  /** null unless `scored`. */
  value: z.number().nullable(),
  /** Why there is no value; null when `scored`. */
  reason: z.enum(REASONS).nullable(),
  method: z.enum([...JUDGE_KINDS, "embedding", "text"]),
  /** Worst and best case, when part of it could not be judged or the judge contradicted itself. */
  interval: z.tuple([z.number(), z.number()]).optional(),
  /** The share that could be judged, when part could not. */
  coverage: z.number().optional(),
  /** How far the offline judge can be trusted here. */
  confidence: z.enum(["high", "medium", "low"]).optional(),
});
export type Outcome = z.infer<typeof Outcome>;

/** The numbers alone. */
export function valuesOf(
  outcomes: Readonly<Record<string, Pick<Outcome, "value">>>,
): Record<string, number | null> {
  return Object.fromEntries(Object.entries(outcomes).map(([metric, { value }]) => [metric, value]));
}

/** The metrics whose number is of low confidence. */
export function unsureOf(outcomes: Readonly<Record<string, Outcome>>): ReadonlySet<string> {
  return new Set(
    Object.entries(outcomes).flatMap(([metric, { confidence }]) =>
      confidence === "low" ? metric : [],
    ),
  );
}

export type Method = Outcome["method"];
export type Confidence = NonNullable<Outcome["confidence"]>;
