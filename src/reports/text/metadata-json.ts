import type { Report } from "../../contract.ts";
import { sha256Hex } from "./sha256.ts";
import { stableJson } from "./stable-json.ts";

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
