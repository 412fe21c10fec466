import Papa from "papaparse";
import { restoreCell } from "../../contract/csv.ts";
import { type ReportInput, type ReportSample, sampleTexts } from "../report-input.ts";
import { BYTE_ORDER_MARK, toCsv } from "./csv.ts";

/** One row a sample (RFC 4180). Texts that look like formulas get a leading `'`; numbers stay numbers. */
export function renderScoresCsv(input: ReportInput): string {
  return renderScoresHead(input.run.metrics) + renderScoresRows(input.samples, input.run.metrics);
}

/** The first line, with the mark. */
export function renderScoresHead(metrics: readonly string[]): string {
  const fields = ["sample_id", "question", "contexts", "answer", "ground_truth"];
  return `${BYTE_ORDER_MARK}${toCsv([[...fields, ...metrics, "error", "cause"]])}`;
}

/** The lines of some samples, for runs that are written piece by piece. */
export function renderScoresRows(
  samples: readonly ReportSample[],
  metrics: readonly string[],
): string {
  return samples.length === 0 ? "" : toCsv(samples.map((sample) => toRow(sample, metrics)));
}

function toRow(sample: ReportSample, metrics: readonly string[]): (string | number)[] {
  const texts = sampleTexts(sample);
  return [
    sample.sample_id,
    texts.question,
    texts.contexts ? JSON.stringify(texts.contexts) : "",
    texts.answer,
    texts.ground_truth ?? "",
    ...metrics.map((metric) => sample.scores[metric] ?? ""),
    sample.error ? `${sample.error.code}: ${sample.error.message}` : "",
    sample.evidence?.cause ?? "",
  ];
}

export interface ScoresRow {
  sampleId: string;
  texts: {
    question: string;
    answer: string;
    contexts: string[] | null;
    ground_truth: string | null;
  };
  scores: Record<string, number | null>;
  error: { code: string; message: string } | null;
}

const LEADING_COLUMNS = 5;

/** Reads a `scores.csv` of ours back; null when it is none. */
export function readScoresCsv(text: string): ScoresRow[] | null {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
    newline: "\r\n",
    delimiter: ",",
    skipEmptyLines: true,
  });
  const [head, ...rows] = data;
  if (head?.[0] !== "sample_id" || head.at(-2) !== "error" || head.at(-1) !== "cause") return null;
  const metrics = head.slice(LEADING_COLUMNS, -2);
  return rows.map((row) => readRow(row, metrics));
}

function readRow(row: readonly string[], metrics: readonly string[]): ScoresRow {
  const [sampleId = "", question = "", contexts = "", answer = "", groundTruth = ""] =
    row.map(restoreCell);
  const error = restoreCell(row[LEADING_COLUMNS + metrics.length] ?? "");
  const colon = error.indexOf(": ");
  return {
    sampleId,
    texts: {
      question,
      answer,
      contexts: readContexts(contexts),
      ground_truth: groundTruth || null,
    },
    scores: Object.fromEntries(
      metrics.map((metric, at) => {
        const cell = row[LEADING_COLUMNS + at] ?? "";
        return [metric, cell === "" ? null : Number(cell)];
      }),
    ),
    error:
      error === ""
        ? null
        : colon < 0
          ? { code: error, message: "" }
          : { code: error.slice(0, colon), message: error.slice(colon + 2) },
  };
}

function readContexts(cell: string): string[] | null {
  if (cell === "") return null;
  try {
    const parsed: unknown = JSON.parse(cell);
    return Array.isArray(parsed) ? parsed.map(String) : null;
  } catch {
    return null;
  }
}
