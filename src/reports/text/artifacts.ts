import type { ArtifactName, Report } from "../../contract.ts";
import type { Evidence } from "../../scoring/evidence.ts";
import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import type { ReportInput } from "../report-input.ts";
import { renderAdviceMarkdown } from "./advice-markdown.ts";
import { renderScoresCsv } from "./scores-csv.ts";
import { sha256Hex } from "./sha256.ts";
import { stableJson } from "./stable-json.ts";
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

/** `evidence.jsonl`: one judged sample a line, in the order of the run. */
export function renderEvidenceLines(input: ReportInput): string {
  return input.samples
    .flatMap(({ evidence }) => (evidence ? renderEvidenceLine(evidence) : []))
    .join("");
}

/** One line with its line end. The bytes depend on the evidence alone. */
export function renderEvidenceLine(evidence: Evidence): string {
  return `${stableJson(evidence)}\n`;
}

/**
 * What was run, with what, and the hash of every other file, so that a changed byte is found. `evidence.jsonl` holds
 * all inputs and judgements; whoever has it can compute the rest again.
 */
export function renderMetadata(report: Report, files: Readonly<Record<string, string>>): string {
  const digests = Object.entries(files).map(([name, text]) => [name, sha256Hex(text)] as const);
  return renderMetadataOf(report, Object.fromEntries(digests));
}

/** The same from SHA-256 digests in hex: of files that were never in memory whole. */
export function renderMetadataOf(
  report: Report,
  digests: Readonly<Record<string, string>>,
): string {
  const hashes = Object.fromEntries(
    Object.entries(digests).map(([name, digest]) => [name, `sha256:${digest}`]),
  );
  const metadata = {
    run: report.run,
    versions: report.versions,
    language: report.language,
    usage: report.usage,
    ...(report.consistency ? { consistency: report.consistency } : {}),
    diagnosis: report.diagnosis,
    hashes,
  };
  return `${JSON.stringify(JSON.parse(stableJson(metadata)), null, 2)}\n`;
}
