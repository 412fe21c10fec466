import type { Evidence, EvidenceClaim } from "../evidence.ts";
import type { JudgeFailure, Unchecked } from "../judge.ts";

/** A judged yes or no; null: it could not be judged. */
export type Cell = boolean | null;

/** A claim as the formulas read it. Capitals are the names of the formulas in the docstrings. */
export interface Row {
  claim: EvidenceClaim;
  /** Aall, Rall: supported by the passages read together. */
  supported: Cell;
  /** A[i][p], R[j][p]: supported by passage p alone; jointly supported claims are supported by none alone. */
  byPassage: readonly Cell[];
  /** Passage p holds some of the evidence of a supported claim, alone or together with others. */
  helpedBy: readonly Cell[];
  contradicted: Cell;
  /** T: answer claim supported by the reference. H: reference claim supported by the answer. */
  byOther: Cell;
  /** `supported` and `byOther` as numbers 0..1: 1 or 0 by the verdict, or in between for a close call. */
  support: Share;
  supportByOther: Share;
}

/** 0..1; null: it could not be judged. */
export type Share = number | null;

export interface Table {
  /** m answer claims. */
  answer: readonly Row[];
  /** n reference claims. */
  reference: readonly Row[];
  /** k passages. */
  passageCount: number;
  /** Claims behind the bound of each text: needed, and never judged. */
  unchecked: Unchecked;
}

/** Which cells a metric rests on. */
export type Part = "answerPassages" | "answerOther" | "referencePassages" | "referenceOther";

/**
 * The claims as rows. With `hasProbabilities` a verdict counts by how sure the judge was of it, where it said so: the
 * offline judge's close calls then weigh in part, its clear verdicts (nearly) in full. A model's verdicts are counted,
 * as Ragas does.
 */
export function readTable(evidence: Evidence, hasProbabilities = false): Table {
  const passageCount = evidence.passages?.length ?? 0;
  const rows = evidence.claims.map((claim) => readRow(claim, passageCount, hasProbabilities));
  return {
    answer: rows.filter(({ claim }) => claim.of === "answer"),
    reference: rows.filter(({ claim }) => claim.of === "reference"),
    passageCount,
    unchecked: evidence.unchecked ?? { answer: 0, reference: 0 },
  };
}

function readRow(claim: EvidenceClaim, passageCount: number, hasProbabilities: boolean): Row {
  const { verdict } = claim;
  const isSupported = verdict === null ? null : verdict === "supported";
  const holders = new Set(claim.evidence.map((span) => span.passage));
  const helpedBy = Array.from(
    { length: passageCount },
    (_, passage): Cell => (isSupported === null ? null : isSupported && holders.has(passage)),
  );
  const other = claim.of === "answer" ? claim.supported_by_reference : claim.supported_by_answer;
  const byOther = other === null || other === undefined ? null : other === "supported";
  return {
    claim,
    supported: isSupported,
    byPassage: claim.jointly ? helpedBy.map((cell) => (cell === null ? null : false)) : helpedBy,
    helpedBy,
    contradicted: verdict === null ? null : verdict === "contradicted",
    byOther,
    support: shareOf(isSupported, hasProbabilities ? claim.support : undefined),
    supportByOther: shareOf(byOther, hasProbabilities ? claim.support_by_other : undefined),
  };
}

function shareOf(cell: Cell, probability: number | undefined): Share {
  if (cell === null) return null;
  if (probability === undefined) return cell ? 1 : 0;
  return probability;
}

/** The cells a metric needs: how many, how many were judged, and why the others were not. */
export interface Coverage {
  needed: number;
  judged: number;
  reasons: Map<JudgeFailure, number>;
}

export function coverageOf(table: Table, parts: readonly Part[]): Coverage {
  const coverage: Coverage = { needed: 0, judged: 0, reasons: new Map() };
  const miss = (reason: JudgeFailure, count: number) => {
    coverage.needed += count;
    coverage.reasons.set(reason, (coverage.reasons.get(reason) ?? 0) + count);
  };
  for (const part of parts) {
    const side = sideOf(part);
    for (const row of table[side]) {
      if (cellOf(row, part) === null) miss(reasonOf(row, part), 1);
      else {
        coverage.needed++;
        coverage.judged++;
      }
    }
    if (table.unchecked[side] > 0) miss("budget", table.unchecked[side]);
  }
  return coverage;
}

/** The table without the claims that lack a needed cell. */
export function judgedOnly(table: Table, parts: readonly Part[]): Table {
  return {
    ...table,
    answer: table.answer.filter((row) => isComplete(row, "answer", parts)),
    reference: table.reference.filter((row) => isComplete(row, "reference", parts)),
    unchecked: { answer: 0, reference: 0 },
  };
}

/** The table with a row for every claim behind the bound of the sides that are read, all of it unknown. */
export function withUnchecked(table: Table, parts: readonly Part[]): Table {
  const sides = new Set(parts.map(sideOf));
  const rowsOf = (side: Side) =>
    sides.has(side) ? [...table[side], ...uncheckedRows(table, side)] : table[side];
  return { ...table, answer: rowsOf("answer"), reference: rowsOf("reference") };
}

function uncheckedRows({ unchecked, passageCount }: Table, of: Side): Row[] {
  const claim: EvidenceClaim = {
    id: "",
    of,
    text: "",
    sentence: -1,
    verdict: null,
    evidence: [],
    jointly: false,
    confidence: null,
    failed: { passages: "budget", other: "budget" },
  };
  const row = readRow(claim, passageCount, false);
  return Array.from({ length: unchecked[of] }, () => row);
}

type Side = "answer" | "reference";

function sideOf(part: Part): Side {
  return part.startsWith("answer") ? "answer" : "reference";
}

function isComplete(row: Row, side: Side, parts: readonly Part[]): boolean {
  return parts.every((part) => sideOf(part) !== side || cellOf(row, part) !== null);
}

function cellOf(row: Row, part: Part): Cell {
  return part.endsWith("Passages") ? row.supported : row.byOther;
}

/** A cell that was never asked for counts as an error of the judge: the number is not there. */
function reasonOf({ claim }: Row, part: Part): JudgeFailure {
  const reason = part.endsWith("Passages") ? claim.failed?.passages : claim.failed?.other;
  return reason ?? "judge_error";
}
