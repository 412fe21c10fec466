import { overlap, overlapF1 } from "./floors.ts";
import { claimSupports, claimsOf, judgeSide, referenceSupports } from "./judge-row.ts";
import { compareWithFloor, type MeasureRow } from "./measures.ts";
import { type PairRow, readPairs, readPoints, type Side } from "./rows.ts";
import {
  accuracy,
  auroc,
  averagePrecision,
  balancedAccuracy,
  calibrationError,
  mean,
  pairwiseAccuracy,
  pearson,
  spearman,
} from "./statistics.ts";

/** Everything the measures of one faithfulness set need, one entry a row (a keyword in uhgeval_zh). */
export interface Graded {
  scores: number[];
  means: number[];
  shares: number[];
  floors: number[];
  lengths: number[];
  labels: number[];
  trust: (string | null)[];
}

const pick = (values: readonly number[], rows: readonly number[]) =>
  rows.map((row) => values[row] ?? 0);

/** Judges a faithfulness set. A row's score is the support of its weakest claim; `means` and `shares` average them. */
export async function gradeFaithfulness(
  dataDir: string,
  set: string,
  half: string,
): Promise<Graded> {
  const graded: Graded = {
    scores: [],
    means: [],
    shares: [],
    floors: [],
    lengths: [],
    labels: [],
    trust: [],
  };
  for (const row of readPoints(dataDir, set, half)) {
    const parts =
      set === "uhgeval_zh"
        ? (row.label.keywords ?? []).map(({ text, supported }) => ({
            answer: text,
            label: supported,
          }))
        : [{ answer: row.answer, label: row.label.binary ?? 0 }];
    for (const { answer, label } of parts) {
      const table = await judgeSide({ ...row, answer }, null);
      const supports = claimSupports(table);
      // An answer that declines has no claims: the metric does not apply, so the row does not count.
      if (supports.length === 0) continue;
      graded.scores.push(Math.min(...supports));
      graded.means.push(mean(supports));
      graded.shares.push(
        mean(
          claimsOf(table, "answerClaims").map(({ passages }) =>
            passages?.ok && passages.value.verdict === "supported" ? 1 : 0,
          ),
        ),
      );
      graded.floors.push(overlap(answer, row.contexts.join("\n")));
      graded.lengths.push(-answer.length);
      graded.labels.push(label);
      graded.trust.push(table.confidence);
    }
  }
  return graded;
}

export function measureFaithfulness(
  set: string,
  graded: Graded,
  crossValidated: number | null,
  goal: number,
): MeasureRow[] {
  const { scores, floors, lengths, labels } = graded;
  const series = { judge: scores, floor: floors, length: lengths };
  const plain = {
    set,
    crossValidated: null,
    goal: null,
    n: labels.length,
    floor: null,
    length: null,
    gain: null,
  };
  return [
    compareWithFloor({ set, measure: "AUROC", crossValidated, goal }, series, (values, rows) =>
      auroc(pick(values, rows), pick(labels, rows)),
    ),
    { ...plain, measure: "AUROC, mean of claims", judge: auroc(graded.means, labels) },
    { ...plain, measure: "AUROC, share of verdicts", judge: auroc(graded.shares, labels) },
    { ...plain, measure: "balanced accuracy at 0.5", judge: balancedAccuracy(scores, labels, 0.5) },
    { ...plain, measure: "ECE", judge: calibrationError(scores, labels) },
  ];
}

/** Answers against accepted short answers. */
export async function measureCorrectness(
  dataDir: string,
  set: string,
  half: string,
  goals: { auroc: number; accuracy?: number },
  crossValidated: number | null,
): Promise<MeasureRow[]> {
  const rows = readPoints(dataDir, set, half);
  const judge: number[] = [];
  for (const row of rows) judge.push(mean(referenceSupports(await judgeSide(row))));
  const floor = rows.map((row) =>
    Math.max(
      ...(row.label.golds ?? [row.ground_truth ?? ""]).map((gold) => overlap(gold, row.answer)),
    ),
  );
  const length = rows.map(({ answer }) => -answer.length);
  const labels = rows.map(({ label }) => label.binary ?? 0);
  const series = { judge, floor, length };
  const measured = [
    compareWithFloor(
      { set, measure: "AUROC", goal: goals.auroc, crossValidated },
      series,
      (values, drawn) => auroc(pick(values, drawn), pick(labels, drawn)),
    ),
    compareWithFloor(
      { set, measure: "accuracy at 0.5", goal: goals.accuracy ?? null, crossValidated: null },
      series,
      (values, drawn) => accuracy(pick(values, drawn), pick(labels, drawn), 0.5),
    ),
  ];
  return measured;
}

/** Pairs: is the better answer scored higher? */
export async function measurePairs(
  dataDir: string,
  set: string,
  half: string,
  goal: number,
  crossValidated: number | null,
  scoreOf: (side: Side) => Promise<number>,
): Promise<{ rows: PairRow[]; differences: number[]; measured: MeasureRow }> {
  const rows = readPairs(dataDir, set, half);
  const differences: number[] = [];
  for (const { better, worse } of rows)
    differences.push((await scoreOf(better)) - (await scoreOf(worse)));
  const floorOf = ({ question, answer, ground_truth }: Side) =>
    ground_truth === undefined ? overlap(question, answer) : overlapF1(answer, ground_truth);
  const floor = rows.map(({ better, worse }) => floorOf(better) - floorOf(worse));
  const length = rows.map(({ better, worse }) => better.answer.length - worse.answer.length);
  const counted = rows.map((_, i) => i).filter((i) => !rows[i]?.tie);
  const series = {
    judge: pick(differences, counted),
    floor: pick(floor, counted),
    length: pick(length, counted),
  };
  const measured = compareWithFloor(
    { set, measure: "pairwise accuracy", goal, crossValidated },
    series,
    (values, drawn) => pairwiseAccuracy(pick(values, drawn)),
  );
  return { rows, differences, measured };
}

/** Correlation of score differences with the annotators' preference, both turned back to "second minus first system". */
export function correlatePreference(
  set: string,
  rows: readonly PairRow[],
  differences: readonly number[],
  goal: number,
): MeasureRow {
  const turned = rows.map(({ label }, i) => (label?.orientation ?? 1) * (differences[i] ?? 0));
  const preference = rows.map(
    ({ label }) => (label?.orientation ?? 1) * (label?.preference?.overall ?? 0),
  );
  return {
    set,
    measure: "Pearson, overall preference",
    n: rows.length,
    judge: pearson(turned, preference),
    crossValidated: null,
    floor: null,
    length: null,
    gain: null,
    goal,
  };
}

/** Relevance of answers to questions, graded labels. */
export async function measureGradedRelevancy(
  dataDir: string,
  set: string,
  half: string,
  goals: { auroc: number; spearman: number },
  crossValidated: number | null,
): Promise<MeasureRow[]> {
  const rows = readPoints(dataDir, set, half);
  const judge: number[] = [];
  for (const row of rows) judge.push(judgedValue((await judgeSide(row)).answerRelevancy));
  const floor = rows.map(({ question, answer }) => overlap(question, answer));
  const length = rows.map(({ answer }) => answer.length);
  const labels = rows.map(({ label }) => label.binary ?? 0);
  const grades = rows.map(({ label }) => label.score ?? 0);
  const series = { judge, floor, length };
  return [
    compareWithFloor(
      { set, measure: "AUROC", goal: goals.auroc, crossValidated },
      series,
      (values, drawn) => auroc(pick(values, drawn), pick(labels, drawn)),
    ),
    compareWithFloor(
      { set, measure: "Spearman", goal: goals.spearman, crossValidated: null },
      series,
      (values, drawn) => spearman(pick(values, drawn), pick(grades, drawn)),
    ),
  ];
}

/** Ranking of passages, by the question alone or with the reference. Rows without a relevant passage do not count. */
export async function measureRanking(
  dataDir: string,
  set: string,
  half: string,
  withReference: boolean,
  goal: number | null,
  crossValidated: number | null,
): Promise<MeasureRow> {
  const rows = readPoints(dataDir, set, half).filter(({ label }) => label.relevance?.includes(1));
  const judge: number[] = [];
  const floor: number[] = [];
  const length: number[] = [];
  for (const row of rows) {
    const relevance = row.label.relevance ?? [];
    const table = await judgeSide(row, withReference ? (row.ground_truth ?? null) : null);
    const query = withReference ? `${row.question} ${row.ground_truth ?? ""}` : row.question;
    judge.push(
      averagePrecision(table.relevance?.ok ? table.relevance.value.scores : [], relevance),
    );
    floor.push(
      averagePrecision(
        row.contexts.map((passage) => overlap(query, passage)),
        relevance,
      ),
    );
    length.push(
      averagePrecision(
        row.contexts.map((passage) => passage.length),
        relevance,
      ),
    );
  }
  const measure = withReference ? "MAP, with ground truth" : "MAP, question only";
  return compareWithFloor(
    { set, measure, goal, crossValidated },
    { judge, floor, length },
    (values, drawn) => mean(pick(values, drawn)),
  );
}

export function judgedValue(judged: { ok: boolean; value?: number } | null): number {
  return judged?.ok ? (judged.value ?? 0) : 0;
}
