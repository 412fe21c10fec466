import {
  DownloadQuery,
  PointsQuery,
  RunsQuery,
  SampleQuery,
  SamplesQuery,
} from "../routes/queries.ts";
import { type Operation, runId, sampleId } from "./operation.ts";

/** Runs, their reports, samples and files. */
export const RUN_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/api/runs",
    id: "list_runs",
    tag: "runs",
    summary: "List runs, newest first",
    query: RunsQuery,
    success: { status: 200, description: "A page of runs.", schema: "RunPage" },
  },
  {
    method: "get",
    path: "/api/runs/{run_id}",
    id: "get_report",
    tag: "runs",
    summary: "Read the report of a run",
    parameters: [runId],
    success: { status: 200, description: "The report.", schema: "Report" },
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/samples",
    id: "list_samples",
    tag: "runs",
    summary: "List the samples of a run",
    parameters: [runId],
    query: SamplesQuery,
    success: { status: 200, description: "A page of samples.", schema: "SamplePage" },
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/samples/{sample_id}",
    id: "get_sample",
    tag: "runs",
    summary: "Read one sample with its evidence",
    parameters: [runId, sampleId],
    query: SampleQuery,
    success: {
      status: 200,
      description:
        "`{sample, evidence, more}`. `more` is null, or says how many `claims` and `characters` of a long sample were left out; offsets are those of the whole texts, which `evidence.jsonl` holds.",
      type: "application/json",
    },
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/points",
    id: "get_sample_points",
    tag: "runs",
    summary: "Read two metrics of the samples, to draw one against the other",
    parameters: [runId],
    query: PointsQuery,
    success: {
      status: 200,
      description: "Samples with a number for both; of more than 2,000 every n-th.",
      schema: "SamplePoints",
    },
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/artifacts/{name}",
    id: "get_artifact",
    tag: "runs",
    summary:
      "Read an artifact: metadata.json, scores.csv, summary.md, optimization_advice.md, evidence.jsonl",
    parameters: [
      runId,
      { name: "name", in: "path", description: "Name of the artifact." },
      { name: "Range", in: "header", description: "`bytes=0-1023`: one part of the file." },
      { name: "If-Range", in: "header", description: "The `ETag` the part must belong to." },
      { name: "If-None-Match", in: "header", description: "The `ETag` the client has already." },
    ],
    query: DownloadQuery,
    also: [
      {
        status: 206,
        description: "The part that `Range` asked for.",
        type: "application/octet-stream",
      },
      { status: 304, description: "Unchanged since the `ETag` that was sent." },
    ],
    success: { status: 200, description: "The artifact.", type: "application/octet-stream" },
    problems: [416],
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/report.html",
    id: "get_report_html",
    tag: "runs",
    summary: "Read the report as one self-contained HTML file",
    parameters: [runId],
    query: DownloadQuery,
    success: { status: 200, description: "The report.", type: "text/html" },
  },
];
