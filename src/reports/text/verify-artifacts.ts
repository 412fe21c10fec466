import * as z from "zod";
import type { Report } from "../../contract/report.ts";
import { Run } from "../../contract/run.ts";
import { ARTIFACT_NAMES, type ArtifactName } from "../../contract/service.ts";
import type { Evidence } from "../../scoring/evidence.ts";
import { notApplicable, scored } from "../../scoring/outcomes.ts";
import { runAtOnce } from "../../scoring/steps.ts";
import { countCauses, summarizeMetrics } from "../report/build-report.ts";
import { type Rescored, rescoreSample } from "../report/rescore-sample.ts";
import { type ReportSample, secondAsksOf } from "../report-input.ts";
import { renderMetadata } from "./artifacts.ts";
import { readScoresCsv, renderScoresHead, renderScoresRows, type ScoresRow } from "./scores-csv.ts";
import { sha256Hex } from "./sha256.ts";
import { stableJson } from "./stable-json.ts";

const Metadata = z.object({
  run: Run,
  versions: z.record(z.string(), z.string()),
  diagnosis: z.record(z.string(), z.number()),
  hashes: z.record(z.string(), z.string()),
});

interface Verification {
  /** What does not hold, one sentence each; empty: everything holds. */
  findings: string[];
  /** Samples computed again from their evidence. */
  recomputed: number;
  /** App that made the run. */
  appVersion: string | null;
}

/**
 * Checks a run from its files alone: every hash of `metadata.json`, `scores.csv` byte for byte from `evidence.jsonl`,
 * and the means, intervals and causes that follow. `record` is the report as the database has it: from it and the
 * files every byte of `metadata.json` follows, so whoever changes file and hash together still differs from it.
 */
export function verifyArtifacts(
  files: Readonly<Record<ArtifactName, string>>,
  record: Report | null,
): Verification {
  const metadata = readMetadata(files["metadata.json"]);
  if (!metadata) {
    const findings = ["metadata.json: cannot be read as the metadata of a run"];
    return { findings, recomputed: 0, appVersion: null };
  }
  const findings = [
    ...checkHashes(files, metadata.hashes),
    ...(record && renderMetadata(record, withoutPrefix(metadata.hashes)) !== files["metadata.json"]
      ? ["metadata.json: it does not follow from the report in the database"]
      : []),
  ];
  const evidence = readEvidence(files["evidence.jsonl"]);
  const rows = readScoresCsv(files["scores.csv"]);
  if (!evidence) findings.push("evidence.jsonl: a line is no JSON");
  if (!rows) findings.push("scores.csv: its columns are not those of a run");
  if (!evidence || !rows)
    return { findings, recomputed: 0, appVersion: metadata.versions.app ?? null };
  const { metrics } = metadata.run;
  const samples = matchRows(rows, evidence, metrics);
  const csv = renderScoresHead(metrics) + renderScoresRows(samples, metrics);
  if (csv !== files["scores.csv"]) {
    findings.push(
      `scores.csv: line ${firstOtherLine(csv, files["scores.csv"])} does not follow from evidence.jsonl`,
    );
  }
  if (samples.filter((sample) => sample.evidence).length !== evidence.length) {
    findings.push("evidence.jsonl: its samples are not those of scores.csv");
  }
  findings.push(...checkNumbers(samples, metadata));
  return { findings, recomputed: evidence.length, appVersion: metadata.versions.app ?? null };
}

function withoutPrefix(hashes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(hashes).map(([name, hash]) => [name, hash.replace(/^sha256:/, "")]),
  );
}

function readMetadata(text: string): z.infer<typeof Metadata> | null {
  try {
    return Metadata.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function checkHashes(
  files: Readonly<Record<ArtifactName, string>>,
  hashes: Readonly<Record<string, string>>,
): string[] {
  return ARTIFACT_NAMES.filter((name) => name !== "metadata.json").flatMap((name) => {
    const found = `sha256:${sha256Hex(files[name])}`;
    return hashes[name] === found ? [] : [`${name}: its SHA-256 is not that of metadata.json`];
  });
}

function readEvidence(text: string): Evidence[] | null {
  try {
    const lines = text.split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as Evidence);
  } catch {
    return null;
  }
}

/** The samples in the order of the table; evidence stands in the same order, without those never judged. */
function matchRows(
  rows: readonly ScoresRow[],
  evidence: readonly Evidence[],
  metrics: readonly string[],
): ReportSample[] {
  let next = 0;
  return rows.map((row) => {
    const candidate = evidence[next];
    const known = Object.fromEntries(
      Object.entries(row.scores).map(([metric, value]) => [
        metric,
        value === null ? notApplicable("missing_ground_truth", "text") : scored(value, "text"),
      ]),
    );
    const isJudged = row.error === null && candidate?.id === row.sampleId;
    const rescored = isJudged && candidate ? tryRescore(candidate, metrics, known) : null;
    if (isJudged) next++;
    return {
      sample_id: row.sampleId,
      tags: {},
      error: row.error,
      outcomes: rescored?.outcomes ?? {},
      scores: rescored?.scores ?? {},
      weighted_score: rescored?.weightedScore ?? null,
      evidence: rescored?.evidence ?? null,
      ...(rescored ? {} : { texts: row.texts }),
    };
  });
}

/** Nothing here is trusted: evidence of another shape, or a metric that does not exist, is a finding and no crash. */
function tryRescore(...args: Parameters<typeof rescoreSample>): Rescored | null {
  try {
    return rescoreSample(...args);
  } catch {
    return null;
  }
}

function checkNumbers(
  samples: readonly ReportSample[],
  { run, diagnosis }: z.infer<typeof Metadata>,
): string[] {
  const secondAsks = samples.flatMap((sample) => secondAsksOf(sample) ?? []);
  const summaries = runAtOnce(summarizeMetrics(samples, run.metrics, secondAsks));
  const findings = Object.entries(summaries).flatMap(([metric, { mean, interval }]) => {
    const isEqual =
      stableJson([mean, interval]) ===
      stableJson([run.metric_means[metric], run.intervals[metric]]);
    return isEqual ? [] : [`metadata.json: ${metric} is ${mean ?? "none"} from evidence.jsonl`];
  });
  const isSameCauses = stableJson(countCauses(samples)) === stableJson(diagnosis);
  return isSameCauses
    ? findings
    : [...findings, "metadata.json: the causes are not those of evidence.jsonl"];
}

function firstOtherLine(a: string, b: string): number {
  const [left, right] = [a.split("\r\n"), b.split("\r\n")];
  return left.findIndex((line, at) => line !== right[at]) + 1 || left.length;
}
