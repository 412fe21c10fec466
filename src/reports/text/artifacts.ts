import type { ArtifactName, Report } from "../../contract.ts";
import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import type { ReportInput } from "../report-input.ts";
import { renderAdviceMarkdown } from "./advice-markdown.ts";
import { renderEvidenceLines } from "./evidence-lines.ts";
import { renderMetadata } from "./metadata-json.ts";
import { renderScoresCsv } from "./scores-csv.ts";
import { renderSummaryMarkdown } from "./summary-markdown.ts";

/** The files of a completed run. The same input gives the same bytes. */
export function renderArtifacts(input: ReportInput, report: Report): Record<ArtifactName, string> {
  return runAtOnce(renderArtifactsInSteps(input, report));
}

/** The same for samples of long texts. */
export function* renderArtifactsInSteps(
  input: ReportInput,
  report: Report,
): Steps<Record<ArtifactName, string>> {
  const csv = renderScoresCsv(input);
  yield;
  const summary = renderSummaryMarkdown(input, report);
  const advice = renderAdviceMarkdown(input, report);
  yield;
  const evidence = renderEvidenceLines(input);
  yield;
  const files = {
    "scores.csv": csv,
    "summary.md": summary,
    "optimization_advice.md": advice,
    "evidence.jsonl": evidence,
  };
  return { "metadata.json": renderMetadata(report, files), ...files };
}
