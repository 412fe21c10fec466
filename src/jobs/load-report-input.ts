import type { Report } from "../contract.ts";
import type { ReportInput, ReportSample } from "../reports/report-input.ts";
import type { Evidence } from "../scoring/evidence.ts";
import { getArtifact } from "../storage/artifacts.ts";
import { getReportText, getRun } from "../storage/runs.ts";
import { listSamples } from "../storage/samples.ts";
import type { JobContext } from "./context.ts";

const ALL_IN_ORDER = { sort: null, descending: false, cause: null, below: null, above: null };

/**
 * A stored run as the report saw it, from the rows and `evidence.jsonl`; null: no such run. At most `limit` samples,
 * since all their texts are held at once.
 */
export async function loadReportInput(
  context: JobContext,
  project: string,
  runId: string,
  limit: number,
): Promise<{ input: ReportInput; report: Report } | null> {
  const run = await getRun(context.db, project, runId);
  const reportText = await getReportText(context.db, project, runId);
  if (!run || reportText === null) return null;
  const report = JSON.parse(reportText) as Report;
  const rows = await listSamples(context.db, project, runId, ALL_IN_ORDER, { limit, offset: 0 });
  const object = await getArtifact(context.bucket, run.artifactsKey, "evidence.jsonl");
  const evidence = object && "body" in object ? readLines(await object.text()) : new Map();
  const samples = rows.slice(0, limit).map(
    (row): ReportSample => ({
      sample_id: row.sample_id,
      tags: run.tags,
      error: row.error,
      outcomes: row.outcomes,
      scores: row.scores,
      weighted_score: row.weighted_score,
      evidence: evidence.get(row.sample_id) ?? null,
    }),
  );
  const { run_id, name, mode, judge, judge_model, embedding_model } = report.run;
  const { started_at, finished_at, metrics, tags, session_id } = report.run;
  return {
    report,
    input: {
      run: {
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
      },
      language: report.language,
      versions: report.versions,
      usage: report.usage,
      samples,
    },
  };
}

function readLines(text: string): Map<string, Evidence> {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const evidence = JSON.parse(line) as Evidence;
      return [evidence.id, evidence];
    }),
  );
}
