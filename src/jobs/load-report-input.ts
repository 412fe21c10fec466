import type { Report } from "../contract/report.ts";
import type { ReportInput, ReportSample } from "../reports/report-input.ts";
import { listReportRows, type ReportRow } from "../storage/report-rows.ts";
import { getReportText } from "../storage/runs.ts";
import { sayFailure } from "../words/say.ts";
import type { JobContext } from "./context.ts";
import { runOfReport } from "./report/head-of-report.ts";
import { parseEvidence, readEvidenceLines } from "./report/read-texts.ts";

/** Evidence of so many samples is read at once. */
const TEXTS_AT_ONCE = 25;

/**
 * A stored run as the report saw it, from the rows and their evidence; null: no such run. At most `limit` samples,
 * since all their texts are held at once.
 */
export async function loadReportInput(
  context: JobContext,
  project: string,
  runId: string,
  limit: number,
): Promise<{ input: ReportInput; report: Report } | null> {
  const reportText = await getReportText(context, project, runId);
  if (reportText === null) return null;
  const report = JSON.parse(reportText) as Report;
  const source = { kind: "run", project, runId } as const;
  const rows = await listReportRows(context.db, source, null, limit);
  const samples: ReportSample[] = [];
  for (let from = 0; from < rows.length; from += TEXTS_AT_ONCE) {
    const group = rows.slice(from, from + TEXTS_AT_ONCE);
    const lines = await readEvidenceLines(context.bucket, group);
    samples.push(...group.map((row, at) => toReportSample(row, lines[at] ?? null)));
  }
  return {
    report,
    input: {
      run: runOfReport(report),
      language: report.language,
      versions: report.versions,
      usage: report.usage,
      samples,
    },
  };
}

function toReportSample(row: ReportRow, line: string | null): ReportSample {
  return {
    sample_id: row.sampleId,
    tags: row.tags,
    error: sayFailure(row.error, null),
    outcomes: row.outcomes,
    scores: row.scores,
    weighted_score: row.weightedScore,
    evidence: line === null ? null : parseEvidence(line),
    ...(line === null
      ? { texts: { question: row.question, answer: "", contexts: null, ground_truth: null } }
      : {}),
  };
}
