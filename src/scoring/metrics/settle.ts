import { surenessOf, weakest } from "../confidence.ts";
import type { Evidence } from "../evidence.ts";
import type { JudgeFailure } from "../judge.ts";
import type { Confidence, Outcome } from "../outcome.ts";
import { failed, notApplicable, scored } from "../outcomes.ts";
import type { Steps } from "../steps.ts";
import type { Bounds } from "./logic.ts";
import {
  type Coverage,
  coverageOf,
  judgedOnly,
  type Part,
  type Row,
  type Table,
  withUnchecked,
} from "./table.ts";

/** What a metric is computed from: the stored evidence, read once. */
export interface Scene {
  evidence: Evidence;
  table: Table;
  /** `ragas`: give Ragas' own value where ours is the corrected one. */
  compat: "ragas" | null;
}

/** A metric reads a scene and always answers with an outcome. */
export type Metric = (scene: Scene) => Outcome;

/** One whose work grows with the length of the texts. */
export type LongMetric = (scene: Scene) => Steps<Outcome>;

/** Share of the needed cells that may be missing before a number would say more than is known. */
const MISSING_LIMIT = 0.2;

/**
 * The outcome of a formula over the claim table. All cells judged: the number. Up to a fifth missing: the number over
 * the claims that were judged, with worst and best case as interval. More missing: failed, with the commonest reason.
 */
export function settle(
  scene: Scene,
  parts: readonly Part[],
  formula: (table: Table) => Bounds,
): Outcome {
  const { evidence, table } = scene;
  const { method } = evidence;
  const confidence = confidenceOf(evidence, table, parts);
  const coverage = coverageOf(table, parts);
  if (coverage.judged < coverage.needed * (1 - MISSING_LIMIT)) {
    return failed(commonest(coverage.reasons), method);
  }
  if (coverage.judged === coverage.needed) {
    const value = formula(table).low;
    return scored(value, method, { confidence, ...doubtOf(scene, formula, value) });
  }
  const value = formula(judgedOnly(table, parts)).low;
  if (!Number.isFinite(value)) return failed(commonest(coverage.reasons), method);
  const whole = withUnchecked(table, parts);
  return scored(value, method, { confidence, ...spread(formula(whole), value, coverage) });
}

/** Of a judge that says how sure it is of each verdict: that of the least sure one the number rests on. */
function confidenceOf(evidence: Evidence, table: Table, parts: readonly Part[]): Confidence | null {
  if (evidence.method === "llm") return evidence.confidence;
  const sureness = parts.flatMap((part) => {
    const rows = part.startsWith("answer") ? table.answer : table.reference;
    return rows.flatMap(({ claim }) =>
      surenessOf(claim, part.endsWith("Passages") ? "passages" : "other"),
    );
  });
  return weakest(sureness) ?? evidence.confidence;
}

/** How sure a decision model must be of a verdict for it to be held fast, 0..1. */
export const DOUBTFUL_BELOW = 0.75;

/** Of a model that says how sure it is: how far the number could move if its flat distributions fell otherwise. */
function doubtOf(
  { evidence, table, compat }: Scene,
  formula: (table: Table) => Bounds,
  value: number,
): { interval?: [number, number] } {
  if (evidence.method !== "decision" || compat !== null) return {};
  const held = { ...table, answer: table.answer.map(open), reference: table.reference.map(open) };
  const { low, high } = formula(held);
  const interval: [number, number] = [Math.min(low, value), Math.max(high, value)];
  return interval.every(Number.isFinite) && interval[0] < interval[1] ? { interval } : {};
}

/** The row with its flat cells unknown. */
function open(row: Row): Row {
  const isFlat = (sureness: readonly number[]) => sureness.some((p) => p < DOUBTFUL_BELOW);
  const unknown = (cells: Row["byPassage"]) => cells.map(() => null);
  return {
    ...row,
    ...(isFlat(surenessOf(row.claim, "passages"))
      ? {
          supported: null,
          support: null,
          contradicted: null,
          byPassage: unknown(row.byPassage),
          helpedBy: unknown(row.helpedBy),
        }
      : {}),
    ...(isFlat(surenessOf(row.claim, "other")) ? { byOther: null, supportByOther: null } : {}),
  };
}

function spread(bounds: Bounds, value: number, { judged, needed }: Coverage) {
  const interval: [number, number] = [Math.min(bounds.low, value), Math.max(bounds.high, value)];
  return { interval, coverage: judged / needed };
}

function commonest(reasons: ReadonlyMap<JudgeFailure, number>): JudgeFailure {
  const [first] = [...reasons].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? "judge_error";
}

type Need = "passages" | "reference" | "answerClaims" | "referenceClaims";

/**
 * Why a metric has no number before any formula is tried, or null. An input that was not sent makes it not
 * applicable; a text that could not be split makes it failed; an answer without claims is an abstention or says
 * nothing that can be checked.
 */
export function blockedBy({ evidence, table }: Scene, needs: readonly Need[]): Outcome | null {
  const { method, failures, unasked } = evidence;
  if (needs.includes("passages") && evidence.passages === null) {
    return notApplicable("missing_contexts", method);
  }
  if (needs.includes("reference") && !hasReference(evidence)) {
    return notApplicable("missing_ground_truth", method);
  }
  if (needs.includes("answerClaims")) {
    if (failures.answer_claims) return failed(failures.answer_claims, method);
    if (unasked?.includes("answer_claims")) return failed("judge_error", method);
    if (table.answer.length === 0) {
      return notApplicable(evidence.abstained === true ? "abstained" : "no_claims", method);
    }
  }
  if (needs.includes("referenceClaims")) {
    if (failures.reference_claims) return failed(failures.reference_claims, method);
    if (unasked?.includes("reference_claims")) return failed("judge_error", method);
    if (table.reference.length === 0) return notApplicable("no_reference_claims", method);
  }
  return null;
}

export function hasReference({ reference }: Evidence): boolean {
  return reference !== null && reference.sentences.length > 0;
}

/** Retrieval ran and brought nothing that could be read. */
export function isRetrievalEmpty({ passages }: Evidence): boolean {
  return passages?.every(({ sentences }) => sentences.length === 0) ?? false;
}
