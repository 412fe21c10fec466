import type { Evidence, EvidenceClaim } from "../evidence.ts";
import type { JudgeFailure } from "../judge.ts";

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
}

export interface Table {
  /** m answer claims. */
  answer: readonly Row[];
  /** n reference claims. */
  reference: readonly Row[];
  /** k passages. */
  passageCount: number;
}

/** Which cells a metric rests on. */
export type Part = "answerPassages" | "answerOther" | "referencePassages" | "referenceOther";

export function readTable(evidence: Evidence): Table {
  const passageCount = evidence.passages?.length ?? 0;
  const rows = evidence.claims.map((claim) => readRow(claim, passageCount));
  return {
    answer: rows.filter(({ claim }) => claim.of === "answer"),
    reference: rows.filter(({ claim }) => claim.of === "reference"),
    passageCount,
  };
}

function readRow(claim: EvidenceClaim, passageCount: number): Row {
  const { verdict } = claim;
  const isSupported = verdict === null ? null : verdict === "supported";
  const holders = new Set(claim.evidence.map((span) => span.passage));
  const helpedBy = Array.from(
    { length: passageCount },
    (_, passage): Cell => (isSupported === null ? null : isSupported && holders.has(passage)),
  );
  const other = claim.of === "answer" ? claim.supported_by_reference : claim.supported_by_answer;
  return {
    claim,
    supported: isSupported,
    byPassage: claim.jointly ? helpedBy.map((cell) => (cell === null ? null : false)) : helpedBy,
    helpedBy,
    contradicted: verdict === null ? null : verdict === "contradicted",
    byOther: other === null || other === undefined ? null : other === "supported",
  };
}

/** The cells a metric needs: how many, how many were judged, and why the others were not. */
export interface Coverage {
  needed: number;
  judged: number;
  reasons: JudgeFailure[];
}

export function coverageOf(table: Table, parts: readonly Part[]): Coverage {
  const coverage: Coverage = { needed: 0, judged: 0, reasons: [] };
  for (const part of parts) {
    const rows = part.startsWith("answer") ? table.answer : table.reference;
    for (const row of rows) {
      coverage.needed++;
      if (cellOf(row, part) !== null) coverage.judged++;
      else coverage.reasons.push(reasonOf(row, part));
    }
  }
  return coverage;
}

/** The table without the claims that lack a needed cell. */
export function judgedOnly(table: Table, parts: readonly Part[]): Table {
  return {
    ...table,
    answer: table.answer.filter((row) => isComplete(row, "answer", parts)),
    reference: table.reference.filter((row) => isComplete(row, "reference", parts)),
  };
}

function isComplete(row: Row, side: string, parts: readonly Part[]): boolean {
  return parts.every((part) => !part.startsWith(side) || cellOf(row, part) !== null);
}

function cellOf(row: Row, part: Part): Cell {
  return part.endsWith("Passages") ? row.supported : row.byOther;
}

/** A cell that was never asked for counts as an error of the judge: the number is not there. */
function reasonOf({ claim }: Row, part: Part): JudgeFailure {
  const reason = part.endsWith("Passages") ? claim.failed?.passages : claim.failed?.other;
  return reason ?? "judge_error";
}
