import type { ComparedPair, Comparison, FlippedClaim } from "../contract/comparison.ts";
import { INSIGHT_LIMITS } from "../contract/limits.ts";
import type { Report } from "../contract/report.ts";
import { AppError } from "../errors.ts";
import { metricInfo } from "../reports/metric-info.ts";
import { compareReports } from "../reports/report/compare-reports.ts";
import { findFlips } from "../scoring/compare-claims.ts";
import { type ComparedSample, type Pair, pairSamples } from "../scoring/compare-pairs.ts";
import { unsureOf } from "../scoring/outcome.ts";
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
    Pick<ReportRow, "evidence" | "answer" | "weightedScore" | "tags" | "error"> {}

export interface LoadedRun {
  report: Report;
  samples: RunSample[];
}

/**
 * Compares two runs of a project. `withClaims`: also claim by claim, for which the evidence of both is read.
 * @throws AppError `not_found`
 */
export async function compareRuns(
  context: JobContext,
  project: string,
  baseId: string,
  otherId: string,
  { withClaims }: { withClaims: boolean },
): Promise<Comparison> {
  const [base, other] = await Promise.all([
    loadRun(context, project, baseId),
    loadRun(context, project, otherId),
  ]);
  const pairs = pairSamples(base.samples, other.samples);
  const changed = pairs
    .map((pair) => ({ pair, change: changeOf(pair.base, pair.other) }))
    .sort((a, b) => b.change - a.change)
    .map(({ pair }) => pair)
    .filter((pair) => pair.base.evidence !== null && pair.other.evidence !== null)
    .slice(0, withClaims ? MOST_PAIRS_READ : 0);
  const claims: FlippedClaim[] = [];
  for (let from = 0; from < changed.length; from += PAIRS_AT_ONCE) {
    claims.push(...(await flipsOf(context, changed.slice(from, from + PAIRS_AT_ONCE))));
  }
  return compareReports(
    { report: base.report, sampleCount: base.samples.length },
    { report: other.report, sampleCount: other.samples.length },
    pairs,
    comparePairs(pairs),
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
    for (const { outcomes, ...row } of page) samples.push({ ...row, unsure: unsureOf(outcomes) });
    last = page.at(-1) ?? null;
    if (page.length < ROWS_PER_PAGE) break;
  }
  return { report: JSON.parse(text) as Report, samples };
}

/** The two answers to each question, what became worse first. */
function comparePairs(pairs: readonly Pair<RunSample>[]): ComparedPair[] {
  const compared = pairs.map(({ base, other }) => ({
    question: other.question,
    base: viewAnswer(base),
    other: viewAnswer(other),
    change: betterBy(base, other),
  }));
  const most = INSIGHT_LIMITS.namedPairs;
  const named =
    compared.length <= most
      ? compared
      : compared
          .toSorted((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0))
          .slice(0, most);
  return named.sort((a, b) => (a.change ?? 2) - (b.change ?? 2));
}

function viewAnswer({ sampleId, answer, scores, weightedScore, cause }: RunSample) {
  return { sample_id: sampleId, answer, scores, weighted_score: weightedScore, cause };
}

function betterBy(base: ComparedSample, other: ComparedSample): number | null {
  const changes = Object.entries(base.scores).flatMap(([metric, value]) => {
    const now = other.scores[metric] ?? null;
    if (value === null || now === null) return [];
    return metricInfo(metric).direction === "higher" ? now - value : value - now;
  });
  if (changes.length === 0) return null;
  return changes.reduce((sum, change) => sum + change, 0) / changes.length;
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
