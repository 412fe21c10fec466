import type { Report } from "../../contract.ts";
import { runOfReport } from "../report/run-of-report.ts";

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
