import type { Sql } from "sql-template-tag";
import { chargesFor } from "../access/quota.ts";
import type { Thresholds } from "../contract/score-request.ts";
import { buildReportInSteps } from "../reports/report/build-report.ts";
import type { ReportInput } from "../reports/report-input.ts";
import { renderArtifactsInSteps, renderEvidenceLine } from "../reports/text/artifacts.ts";
import type { ScoredSample } from "../scoring/score-sample.ts";
import { type Pause, runWithPauses } from "../scoring/steps.ts";
import { packPart, putPack } from "../storage/artifact-pack.ts";
import { artifactsKey, evidenceKey, evidencePart, putEvidencePart } from "../storage/artifacts.ts";
import { noteJudgeSuccess } from "../storage/breaker.ts";
import { tellOfScored } from "../storage/channel-messages.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { finishSingleJob, forgetInput } from "../storage/moves/finish-single-job.ts";
import { chargeSample } from "../storage/quotas.ts";
import { insertRun, singleFence } from "../storage/runs.ts";
import type { EvidencePlace } from "../storage/schema.ts";
import { openSession, readTouched, touchSession } from "../storage/sessions.ts";
import type { Failure, SaidWarning } from "../words/said.ts";
import type { ChosenJudge } from "./chosen-judge.ts";
import type { JobContext } from "./context.ts";
import { countJudges } from "./count-judge.ts";
import { factsOf, pauseFor } from "./facts-of-sample.ts";
import { previewRun } from "./preview.ts";
import { forgetReplies } from "./reply-warnings.ts";
import { beginReport } from "./report/head-of-report.ts";
import { toRunRecord, totalsOfOne } from "./report/run-record.ts";
import { SESSION_PACE, wakeSession } from "./session/pace.ts";

export interface Finishing {
  job: JobRecord;
  holder: { project: string; jobId: string; seq: number; attempt: number };
  sampleId: string;
  result: ScoredSample;
  chosen: ChosenJudge;
  /** What was found out while scoring. */
  warnings: readonly SaidWarning[];
  /** No metric could be scored, and why: the job then fails, without a run. */
  failure: Failure | null;
  /** The project stores no texts; `result` holds none any more. */
  keepsNoTexts: boolean;
  /** Where severities begin, when the project says so. */
  thresholds?: Thresholds;
}

interface Written {
  runId: string;
  evidence: EvidencePlace;
  /** Part of the finishing transaction. */
  statement: Sql;
}

/**
 * Writes what a job of one sample leaves behind and ends the job. Objects go first, under a key of this attempt, so
 * what a loser wrote is never pointed at. Returns false when a newer attempt has won.
 */
export async function finishSingle(context: JobContext, finishing: Finishing): Promise<boolean> {
  const { job, holder, result, chosen, failure } = finishing;
  const finishedAt = context.now();
  const pause = pauseFor(result.evidence);
  const facts = await factsOf(result, pause);
  const written = failure === null ? await write(context, finishing, finishedAt, pause) : null;
  const answers = await finishSingleJob(
    context.db,
    holder,
    {
      ...facts,
      evidence: written?.evidence ?? null,
      judgements: result.judgements ?? [],
    },
    {
      finishedAt,
      runId: written?.runId ?? null,
      error: failure,
      judge: chosen.kind,
      callbackUrl: job.callbackUrl,
      warnings: [...forgetReplies(job.warnings), ...finishing.warnings],
    },
    [...(written ? [written.statement] : []), ...companionsOf(finishing, finishedAt)],
  );
  if (answers === null) return false;
  if (written && job.sessionId !== null) {
    await wakeSession(context, job.project, readTouched(answers[0], holder, finishedAt));
  }
  return true;
}

function write(
  context: JobContext,
  finishing: Finishing,
  finishedAt: number,
  pause: Pause | undefined,
): Promise<Written> {
  const { sessionId } = finishing.job;
  return sessionId === null
    ? writeRun(context, finishing, finishedAt, pause)
    : writeCall(context, finishing, sessionId, finishedAt);
}

/** A run of its own, with all artifacts in one object. */
async function writeRun(
  context: JobContext,
  finishing: Finishing,
  finishedAt: number,
  pause: Pause | undefined,
): Promise<Written> {
  const { job, holder } = finishing;
  const input = await toReportInput(context, finishing, finishedAt);
  const { thresholds } = finishing;
  const report = await runWithPauses(buildReportInSteps(input, { thresholds }), pause);
  const artifacts = await runWithPauses(renderArtifactsInSteps(input, report), pause);
  const runId = input.run.run_id;
  const prefix = artifactsKey(job.project, runId, holder.attempt);
  const pack = await putPack(context.bucket, prefix, artifacts, JSON.stringify(report));
  const record = toRunRecord(job.project, report, holder.attempt, pack.report);
  const share = job.trace?.share ?? 1;
  const run = {
    ...record,
    question: previewRun(job.question) || null,
    // One of many that were not taken: it stands for them too.
    ...(share < 1 && { totals: totalsOfOne(record, 1 / share) }),
  };
  return {
    runId,
    evidence: { part: packPart(holder.attempt), ...pack.evidence },
    statement: insertRun(run, singleFence(run, holder)),
  };
}

/** Only its evidence: the report is the session's, and is built after a while for all calls since the last time. */
async function writeCall(
  context: JobContext,
  { job, holder, result }: Finishing,
  sessionId: string,
  now: number,
): Promise<Written> {
  const runId = await openSession(context.db, job.project, sessionId);
  const part = evidencePart(job.id, holder.attempt);
  const line = renderEvidenceLine(result.evidence);
  await putEvidencePart(context.bucket, evidenceKey(job.project, runId, part), line);
  return {
    runId,
    evidence: { part, offset: 0, length: new TextEncoder().encode(line).length },
    statement: touchSession(holder, "finished", { ...SESSION_PACE, now }),
  };
}

/** What is done with the finish or not at all: what was spent is charged, texts nobody may keep go, systems hear of a trace. */
function companionsOf(
  { job, holder, result, chosen, keepsNoTexts, failure }: Finishing,
  now: number,
): Sql[] {
  const spent = chargesFor([{ model: chosen.model, usage: result.usage }], now);
  const statements = chargeSample(spent, holder);
  if (keepsNoTexts) statements.push(forgetInput(holder));
  if (job.traceparent !== null && failure === null) statements.push(tellOfScored(holder, now));
  // Remembered answers say nothing about the provider.
  if (chosen.kind !== "offline" && result.usage.judge_calls > 0) {
    statements.push(noteJudgeSuccess(), ...countJudges([{ chosen, result }], now));
  }
  return statements;
}

async function toReportInput(
  context: JobContext,
  finishing: Finishing,
  finishedAt: number,
): Promise<ReportInput> {
  const { job, result, chosen, sampleId } = finishing;
  return {
    ...(await beginReport(context, job, chosen, {
      run_id: job.id.replace(/^job_/, "run_"),
      mode: "single",
      session_id: job.sessionId,
      finishedAt,
    })),
    usage: result.usage,
    samples: [
      {
        sample_id: sampleId,
        tags: job.tags,
        error: null,
        outcomes: result.outcomes,
        scores: result.scores,
        weighted_score: result.weightedScore,
        evidence: result.evidence,
      },
    ],
  };
}
