import type { ArtifactName, Report } from "../contract.ts";
import { renderAdviceMarkdown } from "./advice-markdown.ts";
import { renderEvidenceLines } from "./evidence-lines.ts";
import { renderMetadata } from "./metadata-json.ts";
import type { ReportInput } from "./report-input.ts";
import { renderScoresCsv } from "./scores-csv.ts";
import { renderSummaryMarkdown } from "./summary-markdown.ts";

/** The files of a completed run. The same input gives the same bytes. */
export function renderArtifacts(input: ReportInput, report: Report): Record<ArtifactName, string> {
  const files = {
    "scores.csv": renderScoresCsv(input),
    "summary.md": renderSummaryMarkdown(input, report),
    "optimization_advice.md": renderAdviceMarkdown(input, report),
    "evidence.jsonl": renderEvidenceLines(input),
  };
  return { "metadata.json": renderMetadata(report, files), ...files };
}
