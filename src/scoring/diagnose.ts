import type { Cause, Evidence } from "./evidence.ts";
import { averagePrecision } from "./metrics/average-precision.ts";
import { type Row, readTable, type Table } from "./metrics/table.ts";
import type { Outcome } from "./outcome.ts";

/** A cause and the cells that prove it. */
export interface Diagnosis {
  cause: Cause;
  /** Claims that prove it; empty when the whole answer does. */
  claimIds: string[];
  /** Passages involved, zero-based. */
  passages: number[];
  /** 0..1, how much of the sample it touches: the share of claims, or the rank quality lost. */
  weight: number;
}

/** A sample that loses less than this to its main cause is not weak. */
const WEAK_FROM = 0.15;
/** Below this share of the ideal order the relevant passages come too late. */
const RANKED_WELL = 0.85;
const OFF_TOPIC_BELOW = 0.5;

/**
 * Every cause found in the cells of a sample, heaviest first; equal ones in the order of the list below, which puts
 * what explains the others first (an answer beside the question is unsupported because it is beside the question).
 */
export function diagnoseAll(
  evidence: Evidence,
  outcomes: Readonly<Record<string, Outcome>>,
): Diagnosis[] {
  // Nothing was asked, so nothing is wrong.
  if (evidence.small_talk) return [];
  const table = readTable(evidence);
  return [
    findRefusal(evidence, table),
    findOffTopic(evidence, table, outcomes),
    findContradiction(table),
    findInvention(evidence, table),
    findNoise(evidence, table),
    findMissing(evidence, table),
    findIgnored(evidence, table),
    findLateRank(table),
  ]
    .filter((diagnosis) => diagnosis !== null)
    .sort((a, b) => b.weight - a.weight);
}

/** The main cause of a weak sample, or null when nothing weighs enough. A contradiction always does. */
export function diagnose(
  evidence: Evidence,
  outcomes: Readonly<Record<string, Outcome>>,
): Cause | null {
  const [main, ...others] = diagnoseAll(evidence, outcomes);
  if (!main) return null;
  if (main.weight >= WEAK_FROM) return main.cause;
  const hasContradiction = [main, ...others].some(({ cause }) => cause === "contradicts_context");
  return hasContradiction ? "contradicts_context" : null;
}

/** The answer declines although the passages hold the answer. */
function findRefusal({ abstained, answerable }: Evidence, { reference }: Table): Diagnosis | null {
  if (abstained !== true) return null;
  const answered = reference.filter((row) => row.supported === true);
  const isAnswerable = answerable === "full" || answerable === "partial" || answered.length > 0;
  if (!isAnswerable) return null;
  return {
    cause: "refused_though_answerable",
    claimIds: idsOf(answered),
    passages: holdersOf(answered),
    weight: 1,
  };
}

/**
 * Claims that do not address the question, or an answer whose relevancy is low as a whole. What the reference supports
 * answers the question, however few of its words a short answer repeats; so does a claim out of the sentences that
 * support the reference. Where part of the answer does address the
 * question, a stray claim that is invented or contradicted counts for that, not for being beside the question.
 */
function findOffTopic(
  { abstained }: Evidence,
  { answer, reference }: Table,
  outcomes: Readonly<Record<string, Outcome>>,
): Diagnosis | null {
  if (abstained === true) return null;
  const judged = answer.filter(({ claim }) => typeof claim.on_topic === "boolean");
  const proofs = proofsOf(reference);
  const isLikelyRight = (row: Row) => row.byOther === null && sharesProof(row, proofs);
  const beside = judged.filter((row) => row.claim.on_topic === false && !isLikelyRight(row));
  const isAllBeside = beside.length === judged.length;
  const stray = isAllBeside
    ? beside
    : beside.filter((row) => !isInvented(row) && !row.contradicted);
  const shareBeside = judged.length === 0 ? 0 : stray.length / judged.length;
  const isPartlyRight = answer.some((row) => row.byOther === true || isLikelyRight(row));
  const relevancy = isPartlyRight ? 1 : (outcomes.answer_relevancy?.value ?? 1);
  const weight = Math.max(shareBeside, relevancy < OFF_TOPIC_BELOW ? 1 - relevancy : 0);
  if (weight === 0) return null;
  return { cause: "off_topic", claimIds: idsOf(stray), passages: [], weight };
}

/** Claims the passages contradict. */
function findContradiction({ answer }: Table): Diagnosis | null {
  return ofClaims(
    "contradicts_context",
    answer,
    answer.filter((row) => row.contradicted === true),
  );
}

/**
 * Claims neither the passages nor the reference support. Where nobody compared answer and reference, each reference
 * claim that retrieval missed may be what an unsupported claim says from memory: as many weigh nothing here.
 */
function findInvention({ passages }: Evidence, { answer, reference }: Table): Diagnosis | null {
  if (passages === null) return null;
  const unproven = answer.filter(isInvented);
  const diagnosis = ofClaims("invented", answer, unproven);
  if (diagnosis === null) return null;
  const missed = reference.filter((row) => row.supported === false).length;
  const uncompared = unproven.filter((row) => row.byOther === null).length;
  const remembered = Math.min(missed, uncompared);
  return { ...diagnosis, weight: (unproven.length - remembered) / answer.length };
}

/**
 * Claims the passages support but the reference does not, when the reference says otherwise or the claim comes from
 * irrelevant passages only. A detail more than the reference has, out of a relevant passage, is no fault.
 */
function findNoise({ reference: text }: Evidence, { answer, reference }: Table): Diagnosis | null {
  if (text === null) return null;
  const relevant = new Set(
    reference
      .filter((row) => row.supported === true)
      .flatMap(({ claim }) => claim.evidence.map(({ passage }) => passage)),
  );
  return ofClaims(
    "noise_followed",
    answer,
    answer.filter(({ claim, supported, byOther }) => {
      if (supported !== true || byOther !== false) return false;
      if (claim.supported_by_reference === "contradicted") return true;
      return !claim.evidence.some(({ passage }) => relevant.has(passage));
    }),
  );
}

/** Reference claims no passage supports. */
function findMissing({ passages }: Evidence, { reference }: Table): Diagnosis | null {
  if (passages === null) return null;
  return ofClaims(
    "missing_in_retrieval",
    reference,
    reference.filter((row) => row.supported === false),
  );
}

/** Reference claims the passages support, but the answer does not give. */
function findIgnored({ abstained }: Evidence, { reference }: Table): Diagnosis | null {
  if (abstained === true) return null;
  return ofClaims(
    "retrieved_but_ignored",
    reference,
    reference.filter((row) => row.supported === true && row.byOther === false),
  );
}

/** Relevant passages that stand behind irrelevant ones. */
function findLateRank({ reference, passageCount }: Table): Diagnosis | null {
  const relevant = Array.from({ length: passageCount }, (_, passage) =>
    reference.some((row) => row.helpedBy[passage] === true),
  );
  const precision = averagePrecision(relevant);
  if (!relevant.includes(true) || precision >= RANKED_WELL) return null;
  const firstIrrelevant = relevant.indexOf(false);
  const late = relevant.flatMap((flag, passage) =>
    flag && passage > firstIrrelevant ? [passage] : [],
  );
  const claims = reference.filter((row) => late.some((passage) => row.helpedBy[passage] === true));
  return {
    cause: "ranked_too_low",
    claimIds: idsOf(claims),
    passages: late,
    weight: 1 - precision,
  };
}

/** The sentences the claims of the reference rest on. */
function proofsOf(reference: readonly Row[]): ReadonlySet<string> {
  return new Set(
    reference
      .filter((row) => row.supported === true)
      .flatMap((row) => row.claim.evidence.map(({ passage, start }) => `${passage} ${start}`)),
  );
}

/** Where nobody compared the texts: the claim rests on a sentence that a claim of the reference rests on too. */
function sharesProof({ claim, supported }: Row, proofs: ReadonlySet<string>): boolean {
  return (
    supported === true &&
    claim.evidence.some(({ passage, start }) => proofs.has(`${passage} ${start}`))
  );
}

function isInvented({ claim, byOther }: Row): boolean {
  return claim.verdict === "unsupported" && byOther !== true;
}

function ofClaims(cause: Cause, all: readonly Row[], hit: readonly Row[]): Diagnosis | null {
  if (hit.length === 0) return null;
  return {
    cause,
    claimIds: idsOf(hit),
    passages: holdersOf(hit),
    weight: hit.length / all.length,
  };
}

function idsOf(rows: readonly Row[]): string[] {
  return rows.map(({ claim }) => claim.id);
}

function holdersOf(rows: readonly Row[]): number[] {
  const passages = new Set(
    rows.flatMap(({ claim }) => claim.evidence.map(({ passage }) => passage)),
  );
  return [...passages].sort((a, b) => a - b);
}
