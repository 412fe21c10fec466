import type { Report } from "../../contract/report.ts";
import type { ArtifactName } from "../../contract/service.ts";
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
  const evidence = input.samples.flatMap((sample) =>
    sample.evidence ? renderEvidenceLine(sample.evidence) : [],
  );
  yield;
  const files = {
    "scores.csv": csv,
    "summary.md": summary,
    "optimization_advice.md": advice,
    "evidence.jsonl": evidence.join(""),
  };
  const digests = Object.entries(files).map(([name, text]) => [name, sha256Hex(text)] as const);
  return { "metadata.json": renderMetadata(report, Object.fromEntries(digests)), ...files };
}

/** A judged sample as a line of `evidence.jsonl`, with its line end. The bytes depend on the evidence alone. */
export function renderEvidenceLine(evidence: Evidence): string {
  return `${stableJson(evidence)}\n`;
}

/**
 * What was run, with what, and the SHA-256 (hex) of every other file, so that a changed byte is found. `evidence.jsonl`
 * holds all inputs and judgements; whoever has it can compute the rest again.
 */
export function renderMetadata(report: Report, digests: Readonly<Record<string, string>>): string {
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
