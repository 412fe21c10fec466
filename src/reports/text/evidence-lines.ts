import type { Evidence } from "../../scoring/evidence.ts";
import type { ReportInput } from "../report-input.ts";
import { stableJson } from "./stable-json.ts";

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
