import type { Report } from "../../contract/report.ts";
import type { Run } from "../../contract/run.ts";
import type { ReportInput } from "../../reports/report-input.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { APP_VERSION } from "../../version.ts";
import type { ChosenJudge } from "../chosen-judge.ts";
import type { JobContext } from "../context.ts";
import { measuredAtFinish } from "../measure-judge/run-measure.ts";

/** How the report begins of what was just scored: whose it is, when that was, who judged and what is known of that judge. */
export async function beginReport(
  context: Pick<JobContext, "home">,
  job: Pick<JobRecord, "name" | "startedAt" | "createdAt" | "metrics" | "tags" | "language">,
  chosen: ChosenJudge,
  of: Pick<Run, "run_id" | "mode" | "session_id"> & { finishedAt: number },
): Promise<Pick<ReportInput, "run" | "language" | "versions" | "measured">> {
  return {
    run: {
      run_id: of.run_id,
      name: job.name,
      mode: of.mode,
      judge: chosen.judge.name,
      judge_model: chosen.model,
      embedding_model: chosen.embeddingModel,
      started_at: new Date(job.startedAt ?? job.createdAt).toISOString(),
      finished_at: new Date(of.finishedAt).toISOString(),
      metrics: job.metrics,
      tags: job.tags,
      session_id: of.session_id,
    },
    language: job.language,
    versions: { app: APP_VERSION, ...chosen.versions },
    measured: await measuredAtFinish(context, chosen),
  };
}

/** The run of a stored report as the report was built from it, without what the building added. */
export function runOfReport({ run }: Pick<Report, "run">): ReportInput["run"] {
  const { run_id, name, mode, judge, judge_model, embedding_model } = run;
  const { started_at, finished_at, metrics, tags, session_id } = run;
  return {
    run_id,
    name,
    mode,
    judge,
    judge_model,
    embedding_model,
    started_at,
    finished_at,
    metrics,
    tags,
    session_id,
  };
}

/** What a report was built with, taken out of it: built with that again, it is the same. */
export function headOf(report: Report) {
  const { language, versions, usage, advice, thresholds, rescored_from } = report;
  const { judge_measured: measured } = report;
  return {
    run: runOfReport(report),
    language,
    versions,
    usage,
    measured,
    options: {
      engineer: Object.fromEntries(
        advice.flatMap(({ id, engineer }) => (engineer === undefined ? [] : [[id, engineer]])),
      ),
      ...(thresholds ? { thresholds } : {}),
      ...(rescored_from === undefined ? {} : { rescoredFrom: rescored_from }),
    },
  };
}
