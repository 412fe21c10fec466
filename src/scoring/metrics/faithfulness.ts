import { and, type Bounds, mean, not, share } from "./logic.ts";
import { blockedBy, type Metric, type Scene, settle } from "./settle.ts";
import type { Cell, Table } from "./table.ts";

/**
 * faithfulness: share of the answer's claims that the passages, read together, support. Formula: mean_i Aall[i]; with
 * the offline judge a close call counts in part (see `readTable`). Range: 0..1, higher is better; more support never
 * lowers it. Empty cases: no contexts, or an answer without claims: not applicable (`abstained` or `no_claims`); empty
 * retrieval: 0. Source: Ragas `faithfulness` (there NaN without statements).
 */
export const faithfulness: Metric = (scene) =>
  ofAnswer(scene, ({ answer }) => mean(answer.map((row) => row.support)));

/**
 * contradiction_rate: share of the answer's claims that the passages contradict. Formula: mean_i [verdict of i is
 * contradicted]. Range: 0..1, lower is better. Empty cases: no contexts, or an answer without claims: not applicable
 * (`abstained` or `no_claims`); empty retrieval: 0. Source: ours; possible because verdicts are three-way.
 */
export const contradictionRate: Metric = (scene) =>
  ofAnswer(scene, ({ answer }) => share(answer.map((row) => row.contradicted)));

/**
 * response_groundedness: how much of the answer the passages carry, in three levels. Formula: 1 when every claim of
 * the answer is supported, 0.5 when some are, 0 when none is. Range: {0, 0.5, 1}, higher is better. Empty cases: no
 * contexts, or an answer without claims: not applicable (`abstained` or `no_claims`); empty retrieval: 0. Source: the
 * scale of Ragas' dual judge (`nv_response_groundedness`), read from the table instead of two ratings.
 */
export const responseGroundedness: Metric = (scene) =>
  ofAnswer(scene, ({ answer }) => level(answer.map((row) => row.supported)));

/**
 * hallucination: share of the answer's claims that neither the passages nor the reference support. Formula: mean_i
 * (not Aall[i] and not T[i]). Range: 0..1, lower is better; faithfulness + hallucination + self_knowledge = 1 where no
 * verdict is graded. Empty cases: no contexts, or an answer without claims: not applicable (`abstained` or
 * `no_claims`); no reference: not applicable. Source: RAGChecker, with joint support counted as support.
 */
export const hallucination: Metric = (scene) =>
  besidePassages(scene, (isSupported, isTrue) => and(not(isSupported), not(isTrue)));

/**
 * self_knowledge: share of the answer's claims that are true but not from the passages. Formula: mean_i (not Aall[i]
 * and T[i]). Range: 0..1, lower is better: the less the answer says from elsewhere, the better it can be checked.
 * Empty cases: as hallucination. Source: RAGChecker, with joint support counted as support.
 */
export const selfKnowledge: Metric = (scene) =>
  besidePassages(scene, (isSupported, isTrue) => and(not(isSupported), isTrue));

/**
 * citation_accuracy: do the citations (`[1]`, `[2, 3]`, `【1】`) point to passages that hold evidence of the claim they
 * stand with? Formula: right citations ÷ citations; a number without a passage is wrong. Range: 0..1, higher is
 * better. Empty cases: an answer without citations or without claims: not applicable (`no_claims`, `abstained`).
 * Source: ours, a reading of the table.
 */
export const citationAccuracy: Metric = (scene) => {
  const blocked = blockedBy(scene, ["passages", "answerClaims"]);
  if (blocked) return blocked;
  const { answer } = scene.evidence;
  const cited = scene.table.answer.flatMap((row) => {
    const sentence = answer.sentences[row.claim.sentence];
    const text = sentence ? answer.text.slice(sentence.start, sentence.end) : "";
    const numbers = citedPassages(text);
    return numbers.length > 0 ? [{ row, numbers }] : [];
  });
  if (cited.length === 0) {
    return {
      status: "not_applicable",
      value: null,
      reason: "no_claims",
      method: scene.evidence.method,
    };
  }
  const numbersOf = new Map(cited.map(({ row, numbers }) => [row.claim.id, numbers]));
  const table = { ...scene.table, answer: cited.map(({ row }) => row), reference: [] };
  return settle({ ...scene, table }, ["answerPassages"], ({ answer: rows }) =>
    share(
      rows.flatMap((row) => {
        const numbers = numbersOf.get(row.claim.id);
        // Of a claim behind the bound nobody knows whether it cites; it may, once.
        return numbers?.map((number) => citedCell(row.helpedBy, number)) ?? [null];
      }),
    ),
  );
};

function citedCell(helpedBy: readonly Cell[], number: number): Cell {
  const cell = helpedBy[number - 1];
  return cell === undefined ? false : cell;
}

/** Passage numbers (from 1) cited in a sentence, each once. */
export function citedPassages(sentence: string): number[] {
  const numbers = new Set<number>();
  for (const [, list = ""] of sentence.matchAll(
    /[[【]\^?(\d{1,3}(?:\s{0,3}[,，、–-]\s{0,3}\d{1,3}){0,20})[\]】]/g,
  )) {
    for (const part of list.split(/[,，、]/)) {
      const [from = 0, to = from] = part.split(/[–-]/).map(Number);
      for (let number = from; number <= Math.min(to, from + 20); number++) numbers.add(number);
    }
  }
  return [...numbers];
}

function ofAnswer(scene: Scene, formula: (table: Table) => Bounds) {
  const blocked = blockedBy(scene, ["passages", "answerClaims"]);
  return blocked ?? settle(scene, ["answerPassages"], formula);
}

function besidePassages(scene: Scene, test: (isSupported: Cell, isTrue: Cell) => Cell) {
  const blocked = blockedBy(scene, ["passages", "reference", "answerClaims"]);
  if (blocked) return blocked;
  return settle(scene, ["answerPassages", "answerOther"], ({ answer }) =>
    share(answer.map((row) => test(row.supported, row.byOther))),
  );
}

/** 1 all, 0.5 some, 0 none. */
export function level(cells: readonly Cell[]): Bounds {
  const { low, high } = share(cells);
  return { low: levelOf(low), high: levelOf(high) };
}

function levelOf(part: number): number {
  if (part === 0 || part === 1) return part;
  return 0.5;
}
