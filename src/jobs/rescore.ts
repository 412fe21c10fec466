import type { Report, Warning } from "../contract.ts";
import { AppError } from "../errors.ts";
import { type Rescored, rescoreSample } from "../reports/rescore-sample.ts";
import { gainOfSample } from "../reports/sample-gain.ts";
import { stableJson } from "../reports/stable-json.ts";
import {
  artifactsKey,
  CONTENT_TYPES,
  deletePrefix,
  evidencePartKey,
} from "../storage/artifacts.ts";
import { listReportRows, type ReportRow } from "../storage/report-rows.ts";
import {
  dropRescored,
  finishRescored,
  IS_RESCORED,
  insertRescored,
  type RescoredJob,
  type RescoredSample,
} from "../storage/rescored.ts";
import { compareArtifacts } from "../storage/run-artifacts.ts";
import { getReportText, getRun, insertRun, type RunSummary } from "../storage/runs.ts";
import { ObjectWriter } from "../storage/stream-object.ts";
import { APP_VERSION } from "../version.ts";
import type { JobContext } from "./context.ts";
import { buildRun } from "./report/build-run.ts";
import { parseEvidence, readEvidenceLines } from "./report/read-texts.ts";
import { runOfReport } from "./report/run-of-report.ts";
import { toRunRecord } from "./report/run-record.ts";

/** One request computes so many again; measuring is quick, reading their evidence takes a call per 25. */
const MOST_SAMPLES = 10_000;
const ROWS_PER_PAGE = 500;
const TEXTS_AT_ONCE = 25;
const MOST_NAMED = 50;

export interface RescoreWish {
  project: string;
  submittedBy: string;
  runId: string;
  /** null: those of the run. */
  metrics: readonly string[] | null;
  thresholds: Report["thresholds"] | null;
}

export interface RescoreOutcome {
  runId: string;
  jobId: string | null;
  action: "checked" | "created";
  report: Report;
  sampleCount: number;
  differing: string[];
  identical: Record<string, boolean> | null;
}

/**
 * Computes a run again from its stored judgements, without asking any judge. With the metrics and thresholds the run
 * has, it builds everything a second time and compares numbers and bytes; with others it makes a new run.
 * @throws AppError `not_found`, `conflict`, `invalid_request`
 */
export async function rescoreRun(context: JobContext, wish: RescoreWish): Promise<RescoreOutcome> {
  const run = await getRun(context.db, wish.project, wish.runId);
  const text = await getReportText(context.db, wish.project, wish.runId);
  if (!run || text === null) {
    throw new AppError("not_found", `Run not found: ${wish.runId.slice(0, 100)}`);
  }
  if (run.totalSamples > MOST_SAMPLES) {
    throw new AppError(
      "conflict",
      `The run has ${run.totalSamples} samples; up to ${MOST_SAMPLES} can be computed again at once.`,
    );
  }
  const base = JSON.parse(text) as Report;
  const metrics = wish.metrics ?? base.run.metrics;
  const thresholds = wish.thresholds ?? base.thresholds ?? {};
  const isSame =
    stableJson([metrics, thresholds, APP_VERSION]) ===
    stableJson([base.run.metrics, base.thresholds ?? {}, base.versions.app]);
  return isSame
    ? checkRun(context, wish, run, base)
    : createRun(context, wish, base, { metrics: [...metrics], thresholds });
}

async function checkRun(
  context: JobContext,
  { project, runId }: RescoreWish,
  run: RunSummary,
  base: Report,
): Promise<RescoreOutcome> {
  const differing: string[] = [];
  let sampleCount = 0;
  for await (const { row, line, rescored } of rescoreRows(context, project, runId, null)) {
    sampleCount++;
    if (rescored === null) continue;
    const isEqual =
      rescored.line === line &&
      stableJson([rescored.outcomes, rescored.weightedScore]) ===
        stableJson([row.outcomes, row.weightedScore]);
    if (!isEqual) differing.push(row.sampleId);
  }
  const prefix = `${project}/runs/${runId}/check-${context.newId()}`;
  try {
    const source = { kind: "run", project, runId } as const;
    const again = await buildRun(context, source, headOf(base), prefix);
    return {
      runId,
      jobId: null,
      action: "checked",
      report: again.report,
      sampleCount,
      differing: differing.slice(0, MOST_NAMED),
      identical: await compareArtifacts(context.bucket, run, again.written),
    };
  } finally {
    await deletePrefix(context.bucket, prefix);
  }
}

async function createRun(
  context: JobContext,
  wish: RescoreWish,
  base: Report,
  change: { metrics: string[]; thresholds: NonNullable<Report["thresholds"]> },
): Promise<RescoreOutcome> {
  const { project, runId: rescoredFrom } = wish;
  const id = context.newId();
  const [jobId, runId] = [`job_${id}`, `run_${id}`];
  const written = await writeSamples(context, { project, rescoredFrom, runId }, change.metrics);
  const { samples } = written;
  const job = toJob(context, wish, base, change.metrics, { jobId, runId, samples });
  await insertRescored(context.db, job, samples);
  try {
    const prefix = artifactsKey(project, runId, 1);
    const head = headOf(base);
    const { report, etags } = await buildRun(
      context,
      { kind: "job", project, jobId },
      {
        ...head,
        run: {
          ...head.run,
          run_id: runId,
          mode: samples.length === 1 ? "single" : "batch",
          metrics: change.metrics,
          finished_at: new Date(job.now).toISOString(),
          session_id: null,
        },
        versions: { ...base.versions, app: APP_VERSION },
        usage: { judge_calls: 0, cached_calls: 0, prompt_tokens: 0, completion_tokens: 0 },
        options: { thresholds: change.thresholds, rescoredFrom },
      },
      prefix,
    );
    const run = toRunRecord(project, report, prefix, etags);
    await context.db.batch([
      finishRescored(context.db, job),
      insertRun(context.db, run, { sql: IS_RESCORED, values: [jobId] }),
    ]);
    context.log({ event: "run.rescored", run_id: runId, from: rescoredFrom, samples: job.total });
    return {
      runId,
      jobId,
      action: "created",
      report,
      sampleCount: samples.length,
      differing: [],
      identical: null,
    };
  } catch (error) {
    await dropRescored(context.db, project, jobId);
    await deletePrefix(context.bucket, `${project}/runs/${runId}`);
    throw error;
  }
}

/** Writes the evidence with its new causes as one object, and says where each sample's line stands in it. */
async function writeSamples(
  context: JobContext,
  ids: { project: string; rescoredFrom: string; runId: string },
  metrics: readonly string[],
): Promise<{ samples: RescoredSample[] }> {
  const key = evidencePartKey(ids.project, ids.runId, "rescored", 1);
  const part = new ObjectWriter(context.bucket, key, CONTENT_TYPES["evidence.jsonl"]);
  const samples: RescoredSample[] = [];
  try {
    for await (const { row, rescored } of rescoreRows(
      context,
      ids.project,
      ids.rescoredFrom,
      metrics,
    )) {
      const offset = part.size;
      if (rescored) await part.writeText(rescored.line);
      samples.push({
        seq: samples.length,
        sampleId: row.sampleId,
        tags: row.tags,
        question: row.question,
        scores: rescored?.scores ?? {},
        outcomes: rescored?.outcomes ?? {},
        weightedScore: rescored?.weightedScore ?? null,
        cause: rescored?.evidence.cause ?? null,
        gain: rescored && gainOfSample(rescored.evidence, rescored.outcomes),
        error: row.error,
        evidence: rescored ? { key, offset, length: part.size - offset } : null,
      });
    }
    await part.finish();
    return { samples };
  } catch (error) {
    await part.abort();
    throw error;
  }
}

interface RescoredRow {
  row: ReportRow;
  line: string | null;
  /** null: the sample was never judged. */
  rescored: Rescored | null;
}

/** `metrics` null: each sample's own; the calls of a session may have asked for different ones. */
async function* rescoreRows(
  context: JobContext,
  project: string,
  runId: string,
  metrics: readonly string[] | null,
): AsyncGenerator<RescoredRow> {
  const source = { kind: "run", project, runId } as const;
  for (let last: ReportRow | null = null; ; ) {
    const page: ReportRow[] = await listReportRows(context.db, source, last, ROWS_PER_PAGE);
    for (let from = 0; from < page.length; from += TEXTS_AT_ONCE) {
      const group = page.slice(from, from + TEXTS_AT_ONCE);
      const lines = await readEvidenceLines(context.bucket, group);
      for (const [at, row] of group.entries()) {
        const line = lines[at] ?? null;
        yield { row, line, rescored: line === null ? null : rescoreLine(row, line, metrics) };
      }
    }
    last = page.at(-1) ?? null;
    if (page.length < ROWS_PER_PAGE) return;
  }
}

function rescoreLine(row: ReportRow, line: string, metrics: readonly string[] | null): Rescored {
  const rescored = rescoreSample(
    parseEvidence(line),
    metrics ?? Object.keys(row.outcomes),
    row.outcomes,
  );
  if (rescored) return rescored;
  throw new AppError(
    "conflict",
    "This run keeps no texts, so metrics that read words can only be those it was scored with.",
  );
}

function headOf(report: Report) {
  const { language, versions, usage, advice, thresholds, rescored_from } = report;
  return {
    run: runOfReport(report),
    language,
    versions,
    usage,
    options: {
      engineer: Object.fromEntries(
        advice.flatMap(({ id, engineer }) => (engineer === undefined ? [] : [[id, engineer]])),
      ),
      ...(thresholds ? { thresholds } : {}),
      ...(rescored_from === undefined ? {} : { rescoredFrom: rescored_from }),
    },
  };
}

function toJob(
  context: JobContext,
  { project, submittedBy, runId: rescoredFrom }: RescoreWish,
  { run, language }: Report,
  metrics: string[],
  { jobId, runId, samples }: { jobId: string; runId: string; samples: readonly RescoredSample[] },
): RescoredJob {
  const warning: Warning = {
    code: "rescored",
    message: `Computed from the judgements of ${rescoredFrom}; no judge was asked.`,
    fix: "Score the samples anew for metrics that need other judgements.",
  };
  return {
    project,
    id: jobId,
    runId,
    name: run.name,
    tags: run.tags,
    language,
    metrics,
    judge: run.judge.startsWith("llm") ? "llm" : "offline",
    judgeModel: run.judge_model,
    embeddingModel: run.embedding_model,
    submittedBy,
    rescoredFrom,
    question: samples.length === 1 ? (samples[0]?.question ?? "") : "",
    total: samples.length,
    failed: samples.filter(({ error }) => error !== null).length,
    warnings: [warning],
    now: context.now(),
  };
}
