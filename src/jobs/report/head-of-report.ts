import type { Report } from "../../contract/report.ts";
import type { ReportInput } from "../../reports/report-input.ts";

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
