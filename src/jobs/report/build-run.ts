import type { Usage } from "../../contract/outcome.ts";
import type { Report } from "../../contract/report.ts";
import type { ArtifactName } from "../../contract/service.ts";
import { buildReportInSteps, type ReportOptions } from "../../reports/report/build-report.ts";
import type { ReportInput, ReportSample } from "../../reports/report-input.ts";
import { secondAsksOf } from "../../reports/report-input.ts";
import { renderAdviceMarkdown } from "../../reports/text/advice-markdown.ts";
import { renderMetadata } from "../../reports/text/artifacts.ts";
import { renderScoresHead, renderScoresRows } from "../../reports/text/scores-csv.ts";
import { renderSummaryMarkdown } from "../../reports/text/summary-markdown.ts";
import { runWithPauses } from "../../scoring/steps.ts";
import { CONTENT_TYPES } from "../../storage/artifacts.ts";
import { listReportRows, type ReportRow, type RowSource } from "../../storage/report-rows.ts";
import { putReport } from "../../storage/run-artifacts.ts";
import { LEAST_ORDERED, type Sorted, writeSampleOrder } from "../../storage/sample-order.ts";
import { ObjectWriter, type WrittenObject } from "../../storage/stream-object.ts";
import { sayFailure } from "../../words/say.ts";
import type { JobContext } from "../context.ts";
import { letOthersIn } from "../let-others-in.ts";
import { Interner } from "./interner.ts";
import { keyOf, pickEvidence, type SampleKey } from "./pick-evidence.ts";
import { parseEvidence, readEvidenceLines, readSampleTexts } from "./read-texts.ts";

/** Rows read at once, so that a query of somebody else waits for no more; evidence of so many samples at once. */
const ROWS_PER_PAGE = 200;
const TEXTS_AT_ONCE = 25;

export interface RunHead {
  run: ReportInput["run"];
  language: ReportInput["language"];
  versions: Record<string, string>;
  usage: Usage;
  measured?: ReportInput["measured"];
  /** Rows of the upload that never became samples. */
  rejectedRows?: number;
  options?: ReportOptions;
  /** Changes the report before anything is written from it. */
  finish?: (report: Report) => Promise<Report>;
}

export interface BuiltRun {
  report: Report;
  written: Record<string, WrittenObject>;
}

/**
 * Builds the report and artifacts of a run of any size. The numbers of all samples are held (scores and outcomes),
 * their texts only a few at a time on their way from the parts into the artifacts, and the evidence of the weakest
 * for the advice. The same samples give the same bytes, whoever built their parts, and when.
 */
export async function buildRun(
  context: JobContext,
  source: RowSource,
  head: RunHead,
  prefix: string,
): Promise<BuiltRun> {
  const { rows, samples, sorted } = await readSamples(context, source);
  await letOthersIn();
  const picked = pickEvidence(rows);
  await letOthersIn();
  const metrics = allMetrics(head.run.metrics, samples);
  const files = await writeTexts(context, rows, samples, picked, metrics, prefix);
  const { options, finish, ...rest } = head;
  const input: ReportInput = { ...rest, run: { ...head.run, metrics }, samples };
  const judged = rows.filter((row) => row.evidence !== null).length;
  const built: Report = {
    ...(await runWithPauses(buildReportInSteps(input, options), letOthersIn)),
    ...(picked.size < judged ? { advice_samples: picked.size } : {}),
  };
  const report = finish ? await finish(built) : built;
  const written: Partial<Record<ArtifactName, WrittenObject>> = {
    ...files,
    "summary.md": await putText(
      context,
      prefix,
      "summary.md",
      renderSummaryMarkdown(input, report),
    ),
    "optimization_advice.md": await putText(
      context,
      prefix,
      "optimization_advice.md",
      renderAdviceMarkdown(input, report),
    ),
  };
  const digests = Object.fromEntries(
    Object.entries(written).map(([name, object]) => [name, object.sha256]),
  );
  const metadata = renderMetadata(report, digests);
  written["metadata.json"] = await putText(context, prefix, "metadata.json", metadata);
  await putReport(context.bucket, prefix, JSON.stringify(report));
  if (source.kind === "job" && sorted.length >= LEAST_ORDERED) {
    await writeSampleOrder(context.bucket, prefix, metrics, sorted, letOthersIn);
  }
  return { report, written };
}

type LightRow = Pick<
  ReportRow,
  "jobId" | "seq" | "weightedScore" | "cause" | "evidence" | "error" | "input" | "inputKey"
>;

/** Every sample without its texts. Equal outcomes and tags are one object, or 50,000 samples would not fit. */
async function readSamples(context: JobContext, source: RowSource) {
  const outcomes = new Interner();
  const tags = new Interner();
  const rows: LightRow[] = [];
  const samples: ReportSample[] = [];
  const sorted: Sorted[] = [];
  for (let last: ReportRow | null = null; ; ) {
    const page = await listReportRows(context.db, source, last, ROWS_PER_PAGE);
    for (const row of page) {
      const { jobId, seq, weightedScore, cause, evidence, error, input, inputKey } = row;
      rows.push({ jobId, seq, weightedScore, cause, evidence, error, input, inputKey });
      const { scores, gain, feedback } = row;
      sorted.push({ seq, scores, gain, weightedScore, feedback, cause });
      samples.push({
        sample_id: row.sampleId,
        tags: tags.share(row.tags),
        error: sayFailure(row.error, null),
        outcomes: outcomes.shareValues(row.outcomes),
        scores,
        weighted_score: row.weightedScore,
        evidence: null,
        cause: row.cause as ReportSample["cause"],
        texts: { question: row.question, answer: "", contexts: null, ground_truth: null },
      });
    }
    last = page.at(-1) ?? null;
    if (page.length < ROWS_PER_PAGE) break;
  }
  return { rows, samples, sorted };
}

/** Those the run asked for, and those some of its samples asked for themselves. */
function allMetrics(asked: readonly string[], samples: readonly ReportSample[]): string[] {
  const metrics = new Set(asked);
  for (const { outcomes } of samples) for (const metric in outcomes) metrics.add(metric);
  return [...metrics];
}

/** One pass over all texts: into `evidence.jsonl` and `scores.csv`, and those that were picked into their sample. */
async function writeTexts(
  context: JobContext,
  rows: readonly LightRow[],
  samples: ReportSample[],
  picked: ReadonlySet<SampleKey>,
  metrics: readonly string[],
  prefix: string,
): Promise<Partial<Record<ArtifactName, WrittenObject>>> {
  const evidenceFile = openFile(context, prefix, "evidence.jsonl");
  const scoresFile = openFile(context, prefix, "scores.csv");
  try {
    await scoresFile.writeText(renderScoresHead(metrics));
    for (let from = 0; from < rows.length; from += TEXTS_AT_ONCE) {
      const group = rows.slice(from, from + TEXTS_AT_ONCE);
      const lines = await readEvidenceLines(context.bucket, group);
      const full: ReportSample[] = [];
      for (const [at, row] of group.entries()) {
        const sample = samples[from + at];
        if (!sample) continue;
        const line = lines[at] ?? null;
        const evidence = line === null ? null : parseEvidence(line);
        const texts = evidence ? undefined : await readSampleTexts(context.bucket, row);
        full.push({ ...sample, evidence, ...(texts ? { texts } : {}) });
        if (picked.has(keyOf(row))) sample.evidence = evidence;
        else {
          sample.controls = evidence?.controls ?? null;
          sample.judgedBy = evidence?.method ?? null;
          if (evidence?.consistency) sample.secondAsks = secondAsksOf({ ...sample, evidence });
        }
      }
      await evidenceFile.writeText(lines.filter((line) => line !== null).join(""));
      await scoresFile.writeText(renderScoresRows(full, metrics));
      await letOthersIn();
    }
    return {
      "scores.csv": await scoresFile.finish(),
      "evidence.jsonl": await evidenceFile.finish(),
    };
  } catch (error) {
    await Promise.all([evidenceFile.abort(), scoresFile.abort()]);
    throw error;
  }
}

function openFile(context: JobContext, prefix: string, name: ArtifactName): ObjectWriter {
  return new ObjectWriter(context.bucket, `${prefix}/${name}`, CONTENT_TYPES[name]);
}

async function putText(
  context: JobContext,
  prefix: string,
  name: ArtifactName,
  text: string,
): Promise<WrittenObject> {
  const file = openFile(context, prefix, name);
  await file.writeText(text);
  return file.finish();
}
