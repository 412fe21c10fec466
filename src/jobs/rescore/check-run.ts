import type { Report } from "../../contract/report.ts";
import { renderEvidenceLine } from "../../reports/text/artifacts.ts";
import { stableJson } from "../../reports/text/stable-json.ts";
import { deletePrefix } from "../../storage/artifacts.ts";
import { compareArtifacts } from "../../storage/run-artifacts.ts";
import type { RunSummary } from "../../storage/runs.ts";
import type { JobContext } from "../context.ts";
import { buildRun } from "../report/build-run.ts";
import { headOf } from "../report/head-of-report.ts";
import { rescoreRows } from "./rescore-rows.ts";
import type { RescoreOutcome, RescoreWish } from "./rescore-wish.ts";

const MOST_NAMED = 50;

/** Builds everything a second time and compares numbers and bytes. */
export async function checkRun(
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
      renderEvidenceLine(rescored.evidence) === line &&
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
