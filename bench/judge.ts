import { parseArgs } from "node:util";
import { FAITHFULNESS_SETS } from "./judge/bags.ts";
import { crossValidate } from "./judge/cross-validate.ts";
import {
  correlatePreference,
  type Graded,
  gradeFaithfulness,
  judgedValue,
  measureCorrectness,
  measureFaithfulness,
  measureGradedRelevancy,
  measurePairs,
  measureRanking,
} from "./judge/evaluate.ts";
import { judgeSide } from "./judge/judge-row.ts";
import { figureOf, formatRows, type MeasureRow } from "./judge/measures.ts";
import { formatReported, measureReported } from "./judge/reported.ts";
import { measureSpeed } from "./judge/speed.ts";
import { calibrationError, mean } from "./judge/statistics.ts";

/** Goals of the offline judge; the reasons stand in bench/judge/README.md. */
const FAITHFULNESS_GOALS: Readonly<Record<string, number>> = {
  begin: 0.94,
  q2: 0.79,
  summedits: 0.62,
  wice: 0.78,
  expertqa: 0.62,
  uhgeval_zh: 0.78,
};
const RANKING_GOALS = [
  ["hotpotqa", 0.78, 0.87],
  ["musique", 0.45, 0.67],
  ["cmrc_ctx_zh", 0.97, null],
  ["drcd_ctx_zh", 0.98, null],
] as const;

/**
 * Measures the offline judge against labelled rows and prints the table.
 * `--data DIR` holds the sets (default ../shared/data beside the repository), `--half NAME` picks `*.NAME.jsonl`.
 */
export async function benchJudge(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: "string", default: new URL("../../shared/data", import.meta.url).pathname },
      half: { type: "string", default: "dev" },
    },
  });
  const { data, half } = values;
  // Cross-validation fits on the development rows; another half is only measured.
  const cv = half === "dev" ? crossValidate(data) : new Map<string, number>();
  const rows: MeasureRow[] = [];
  const graded: Graded[] = [];
  for (const set of FAITHFULNESS_SETS) {
    const one = await gradeFaithfulness(data, set, half);
    graded.push(one);
    rows.push(...measureFaithfulness(set, one, cv.get(set) ?? null, FAITHFULNESS_GOALS[set] ?? 0));
  }
  rows.push(...summarise(rows, graded, cv));
  rows.push(
    ...(await measureCorrectness(
      data,
      "openqa_nq301",
      half,
      { auroc: 0.87, accuracy: 0.81 },
      cv.get("openqa_nq301") ?? null,
    )),
    ...(await measureCorrectness(
      data,
      "evouna_nq",
      half,
      { auroc: 0.95 },
      cv.get("evouna_nq") ?? null,
    )),
    ...(await measureCorrectness(
      data,
      "evouna_tq",
      half,
      { auroc: 0.98 },
      cv.get("evouna_tq") ?? null,
    )),
  );
  const similarity = async (side: Parameters<typeof judgeSide>[0]) =>
    judgedValue((await judgeSide(side)).similarity);
  const ragchecker = await measurePairs(
    data,
    "ragchecker_meta",
    half,
    0.78,
    cv.get("ragchecker_meta") ?? null,
    similarity,
  );
  const halluqa = await measurePairs(
    data,
    "halluqa_zh",
    half,
    0.87,
    cv.get("halluqa_zh") ?? null,
    similarity,
  );
  rows.push(
    ragchecker.measured,
    correlatePreference("ragchecker_meta", ragchecker.rows, ragchecker.differences, 0.56),
    halluqa.measured,
  );
  rows.push(
    ...(await measureGradedRelevancy(
      data,
      "fintruthqa_zh",
      half,
      { auroc: 0.77, spearman: 0.48 },
      cv.get("fintruthqa_zh") ?? null,
    )),
  );
  const relevancy = async (side: Parameters<typeof judgeSide>[0]) =>
    judgedValue((await judgeSide(side)).answerRelevancy);
  rows.push(
    (await measurePairs(data, "ansrel_en", half, 0.96, cv.get("ansrel_en") ?? null, relevancy))
      .measured,
  );
  for (const [set, questionGoal, referenceGoal] of RANKING_GOALS) {
    rows.push(
      await measureRanking(data, set, half, false, questionGoal, cv.get(`${set} question`) ?? null),
    );
    rows.push(
      await measureRanking(
        data,
        set,
        half,
        true,
        referenceGoal,
        cv.get(`${set} reference`) ?? null,
      ),
    );
  }
  const speed = await measureSpeed();
  console.log(formatRows(rows));
  console.log(
    `\n${speed.samplesPerSecond} samples/s; answer of 25 KB ${speed.msAt25KB} ms, of 100 KB ${speed.msAt100KB} ms`,
  );
  console.log(formatTrust(graded));
  if (half === "dev") console.log(`\n${formatReported(measureReported(data))}`);
  return { rows, speed, figures: rows.flatMap(figureOf) };
}

/** The mean over the faithfulness sets, and calibration over all their rows together. */
function summarise(
  rows: readonly MeasureRow[],
  graded: readonly Graded[],
  cv: ReadonlyMap<string, number>,
): MeasureRow[] {
  const main = rows.filter(({ measure }) => measure === "AUROC");
  const all = { set: "all faithfulness", n: main.length, gain: null };
  return [
    {
      ...all,
      measure: "mean AUROC",
      judge: mean(main.map(({ judge }) => judge)),
      crossValidated: mean(FAITHFULNESS_SETS.map((set) => cv.get(set) ?? Number.NaN)),
      floor: mean(main.map(({ floor }) => floor ?? Number.NaN)),
      length: mean(main.map(({ length }) => length ?? Number.NaN)),
      goal: 0.76,
    },
    {
      ...all,
      measure: "ECE, all rows",
      judge: calibrationError(
        graded.flatMap(({ scores }) => scores),
        graded.flatMap(({ labels }) => labels),
      ),
      crossValidated: null,
      floor: null,
      length: null,
      goal: 0.08,
    },
    {
      ...all,
      measure: "ECE, mean of sets",
      judge: mean(graded.map(({ scores, labels }) => calibrationError(scores, labels))),
      crossValidated: null,
      floor: null,
      length: null,
      goal: null,
    },
  ];
}

/** Accuracy at 0.5 by the confidence the judge gave the sample: does "low" mean near chance? */
function formatTrust(graded: readonly Graded[]): string {
  return (["high", "medium", "low"] as const)
    .map((level) => {
      const hits = graded.flatMap(({ trust, scores, labels }) =>
        scores.flatMap((score, i) =>
          trust[i] === level ? [(score >= 0.5 ? 1 : 0) === labels[i] ? 1 : 0] : [],
        ),
      );
      return `confidence ${level}: ${hits.length} rows, accuracy ${mean(hits).toFixed(3)}`;
    })
    .join("\n");
}

if (import.meta.main) {
  benchJudge(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
