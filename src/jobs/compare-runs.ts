import type { Comparison, FlippedClaim } from "../contract/comparison.ts";
import type { Report } from "../contract/report.ts";
import { AppError } from "../errors.ts";
import { compareReports } from "../reports/report/compare-reports.ts";
import { findFlips } from "../scoring/compare-claims.ts";
import { type ComparedSample, pairSamples } from "../scoring/compare-pairs.ts";
import { listReportRows, type ReportRow } from "../storage/report-rows.ts";
import { getReportText } from "../storage/runs.ts";
import { said } from "../words/said.ts";
import type { JobContext } from "./context.ts";
import { parseEvidence, readEvidenceLines } from "./report/read-texts.ts";

const ROWS_PER_PAGE = 1000;
/** Pairs whose evidence is read for flipped claims: two objects each, within one request. */
const MOST_PAIRS_READ = 200;
const PAIRS_AT_ONCE = 20;

export interface RunSample
  extends ComparedSample,
    Pick<ReportRow, "evidence" | "answer" | "tags" | "error"> {}

export interface LoadedRun {
  report: Report;
  samples: RunSample[];
}

/**
 * Compares two runs of a project.
 * @throws AppError `not_found`
 */
export async function compareRuns(
  context: JobContext,
  project: string,
  baseId: string,
  otherId: string,
): Promise<Comparison> {
  const [base, other] = [
    await loadRun(context, project, baseId),
    await loadRun(context, project, otherId),
  ];
  const pairs = pairSamples(base.samples, other.samples);
  const changed = pairs
    .map((pair) => ({ pair, change: changeOf(pair.base, pair.other) }))
    .sort((a, b) => b.change - a.change)
    .map(({ pair }) => pair as { base: RunSample; other: RunSample })
    .filter((pair) => pair.base.evidence !== null && pair.other.evidence !== null)
    .slice(0, MOST_PAIRS_READ);
  const claims: FlippedClaim[] = [];
  for (let from = 0; from < changed.length; from += PAIRS_AT_ONCE) {
    claims.push(...(await flipsOf(context, changed.slice(from, from + PAIRS_AT_ONCE))));
  }
  return compareReports(
    { report: base.report, sampleCount: base.samples.length },
    { report: other.report, sampleCount: other.samples.length },
    pairs,
    { checkedPairs: changed.length, claims },
  );
}

/**
 * A run's report and the numbers of all its samples, without texts.
 * @throws AppError `not_found`
 */
export async function loadRun(
  context: JobContext,
  project: string,
  runId: string,
): Promise<LoadedRun> {
  const text = await getReportText(context, project, runId);
  if (text === null) throw new AppError(said("not_found.run", { id: runId.slice(0, 100) }));
  const samples: RunSample[] = [];
  const source = { kind: "run", project, runId } as const;
  for (let last: ReportRow | null = null; ; ) {
    const page = await listReportRows(context.db, source, last, ROWS_PER_PAGE);
    for (const { sampleId, question, scores, cause, evidence, answer, tags, error } of page) {
      samples.push({ sampleId, question, scores, cause, evidence, answer, tags, error });
    }
    last = page.at(-1) ?? null;
    if (page.length < ROWS_PER_PAGE) break;
  }
  return { report: JSON.parse(text) as Report, samples };
}

function changeOf(base: ComparedSample, other: ComparedSample): number {
  return Object.entries(base.scores).reduce((sum, [metric, value]) => {
    const now = other.scores[metric] ?? null;
    return value === null || now === null ? sum : sum + Math.abs(now - value);
  }, 0);
}

async function flipsOf(
  context: JobContext,
  pairs: readonly { base: RunSample; other: RunSample }[],
): Promise<FlippedClaim[]> {
  const rows = pairs.flatMap(({ base, other }) => [base, other]);
  const lines = await readEvidenceLines(context.bucket, rows);
  return pairs.flatMap(({ base, other }, at) => {
    const [left, right] = [lines[at * 2] ?? null, lines[at * 2 + 1] ?? null];
    if (left === null || right === null) return [];
    return findFlips(parseEvidence(left), parseEvidence(right)).map((flip) => ({
      base_sample_id: base.sampleId,
      other_sample_id: other.sampleId,
      base_claim_id: flip.baseClaimId,
      other_claim_id: flip.otherClaimId,
      of: flip.of,
      text: flip.text,
      from: flip.from,
      to: flip.to,
    }));
  });
}
