import { ACCESS_OPERATIONS } from "./access-operations.ts";
import type { SchemaName } from "./schemas.ts";

/** A parameter of the path or the query. */
export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  description: string;
  type?: "string" | "integer" | "number";
}

export interface Operation {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  id: string;
  tag: "score" | "runs" | "service";
  summary: string;
  parameters?: readonly Parameter[];
  /** The body is a Submission. */
  takesSubmission?: boolean;
  /** The body is a file: a JSON array, JSON Lines or CSV of Submissions. */
  takesUpload?: boolean;
  /** The JSON body is this. */
  takes?: SchemaName;
  success: { status: number; description: string; schema?: SchemaName; type?: string };
  /** Statuses of problem answers besides those every operation has. */
  problems?: readonly number[];
}

const jobId: Parameter = { name: "id", in: "path", description: "Id of the job, `job_…`." };
const runId: Parameter = { name: "run_id", in: "path", description: "Id of the run, `run_…`." };
const sampleId: Parameter = {
  name: "sample_id",
  in: "path",
  description: "Id of the sample in the run.",
};
const limit: Parameter = {
  name: "limit",
  in: "query",
  description: "Rows of a page, 1 to 100; default 50.",
  type: "integer",
};
const cursor: Parameter = {
  name: "cursor",
  in: "query",
  description: "`next_cursor` of the page before, with the same filters.",
};
const query = (name: string, description: string): Parameter => ({
  name,
  in: "query",
  description,
});

/** Every operation of the API; a test compares the list with the routes of `app.ts`. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: "/api/score/async",
    id: "score_async",
    tag: "score",
    summary: "Submit an answer to be scored; returns at once",
    parameters: [
      {
        name: "Idempotency-Key",
        in: "header",
        description: "The same key and payload give the same job for 24 hours.",
      },
      {
        name: "Prefer",
        in: "header",
        description: "`wait=N` (N ≤ 30) answers 200 with the finished job if it is done in time.",
      },
    ],
    takesSubmission: true,
    success: { status: 202, description: "Accepted; the job is stored.", schema: "Accepted" },
    problems: [400, 409, 413, 415, 422],
  },
  {
    method: "post",
    path: "/api/score",
    id: "score_now",
    tag: "score",
    summary: "Score an answer within the request",
    takesSubmission: true,
    success: { status: 200, description: "The scores.", schema: "SyncResult" },
    problems: [400, 413, 415, 422],
  },
  {
    method: "post",
    path: "/api/score/batch",
    id: "score_batch",
    tag: "score",
    summary: "Submit up to 50,000 samples as one file; one job, one run",
    parameters: [
      query("name", "Name of the run."),
      query("metrics", "For rows that name none."),
      query("judge", "auto, llm or offline, for all rows."),
      query("judge_model", "Only from ALLOWED_MODELS."),
      query("embedding_model", "Only from ALLOWED_MODELS."),
      query("fallback", "`offline`: use the offline judge while the model is away."),
      query("consistency", "`doubtful`: ask the model twice where its word is doubtful; or `off`."),
      query("compat", "`ragas`: Ragas' own values where ours are corrected."),
      query("tags", "Labels of the run, `name=value,…`."),
      query("language", "zh or en, of summary and advice."),
      query("callback_url", "Receives a signed webhook at the end."),
      {
        name: "Idempotency-Key",
        in: "header",
        description: "The same key and payload give the same job for 24 hours.",
      },
    ],
    takesUpload: true,
    success: { status: 202, description: "Accepted; the upload is stored.", schema: "Accepted" },
    problems: [400, 409, 413, 415, 422],
  },
  {
    method: "get",
    path: "/api/score/jobs",
    id: "list_jobs",
    tag: "score",
    summary: "List jobs, newest first",
    parameters: [
      limit,
      cursor,
      query("status", "queued, running, completed, failed or cancelled."),
      query("q", "Part of the question or name."),
      query("tag", "`name` or `name=value`."),
      query("session_id", "Jobs of one session."),
      query("from", "ISO 8601 time, included."),
      query("to", "ISO 8601 time, excluded."),
    ],
    success: { status: 200, description: "A page of jobs.", schema: "JobPage" },
    problems: [400, 422],
  },
  {
    method: "get",
    path: "/api/score/jobs/{id}",
    id: "get_job",
    tag: "score",
    summary: "Read one job with its scores and outcomes",
    parameters: [jobId],
    success: { status: 200, description: "The job.", schema: "Job" },
    problems: [404],
  },
  {
    method: "delete",
    path: "/api/score/jobs/{id}",
    id: "delete_job",
    tag: "score",
    summary: "Remove an ended job, its input, run and artifacts",
    parameters: [jobId],
    success: { status: 204, description: "Removed." },
    problems: [404, 409],
  },
  {
    method: "post",
    path: "/api/score/jobs/{id}/cancel",
    id: "cancel_job",
    tag: "score",
    summary: "Stop a queued or running job",
    parameters: [jobId],
    success: { status: 200, description: "The cancelled job.", schema: "Job" },
    problems: [404, 409],
  },
  {
    method: "post",
    path: "/api/score/jobs/{id}/retry",
    id: "retry_job",
    tag: "score",
    summary: "Run again what failed or was cancelled",
    parameters: [jobId],
    success: { status: 202, description: "Queued again.", schema: "Job" },
    problems: [404, 409],
  },
  {
    method: "get",
    path: "/api/score/jobs/{id}/events",
    id: "watch_job",
    tag: "score",
    summary: "Follow a job as server-sent events: queued, running, progress, done",
    parameters: [
      jobId,
      { name: "Last-Event-ID", in: "header", description: "Goes on after this event." },
    ],
    success: { status: 200, description: "The events.", type: "text/event-stream" },
    problems: [404],
  },
  {
    method: "get",
    path: "/api/score/jobs/{id}/bad-rows",
    id: "list_bad_rows",
    tag: "score",
    summary: "List the rows of an upload that could not be read",
    parameters: [jobId],
    success: {
      status: 200,
      description: "`{bad_rows: [{line, reason}]}`.",
      type: "application/json",
    },
    problems: [404],
  },
  {
    method: "get",
    path: "/api/score/jobs/{id}/deliveries",
    id: "list_deliveries",
    tag: "score",
    summary: "List the webhooks of a job and every attempt at them",
    parameters: [jobId],
    success: { status: 200, description: "`{deliveries}`.", type: "application/json" },
    problems: [404],
  },
  {
    method: "post",
    path: "/api/score/jobs/{id}/deliveries/{delivery_id}/redeliver",
    id: "redeliver",
    tag: "score",
    summary: "Send a webhook once more",
    parameters: [
      jobId,
      { name: "delivery_id", in: "path", description: "Id of the delivery, `msg_…`." },
    ],
    success: { status: 202, description: "On its way.", schema: "Delivery" },
    problems: [404, 409],
  },
  {
    method: "get",
    path: "/api/score/sessions/{session_id}",
    id: "get_score_session",
    tag: "score",
    summary: "Read a session: its means, its run and its jobs",
    parameters: [
      { name: "session_id", in: "path", description: "The `session_id` of its calls." },
      limit,
      cursor,
    ],
    success: { status: 200, description: "The session.", schema: "Session" },
    problems: [400, 404],
  },
  {
    method: "get",
    path: "/api/runs",
    id: "list_runs",
    tag: "runs",
    summary: "List runs, newest first",
    parameters: [
      limit,
      cursor,
      query("tag", "`name` or `name=value`."),
      query("session_id", "The run of one session."),
      query("judge", "The judge or its model, as a run names it."),
      query("from", "ISO 8601 time of the start, included."),
      query("to", "ISO 8601 time of the start, excluded."),
    ],
    success: { status: 200, description: "A page of runs.", schema: "RunPage" },
    problems: [400, 422],
  },
  {
    method: "get",
    path: "/api/runs/{run_id}",
    id: "get_report",
    tag: "runs",
    summary: "Read the report of a run",
    parameters: [runId],
    success: { status: 200, description: "The report.", schema: "Report" },
    problems: [404],
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/samples",
    id: "list_samples",
    tag: "runs",
    summary: "List the samples of a run",
    parameters: [
      runId,
      limit,
      cursor,
      query(
        "sort",
        "A metric, `weighted_score`, or `gain`: how far the sample's weighted score could rise were its cause gone.",
      ),
      query("order", "`asc` or `desc`; default ascending, for `gain` descending."),
      query("cause", "Only samples with this cause."),
      query("metric", "What `below` and `above` are about; default: what is sorted by."),
      { ...query("below", "Only samples whose value is at most this."), type: "number" },
      { ...query("above", "Only samples whose value is at least this."), type: "number" },
      query("q", "Part of the question or of the sample's id."),
    ],
    success: { status: 200, description: "A page of samples.", schema: "SamplePage" },
    problems: [400, 404, 422],
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/samples/{sample_id}",
    id: "get_sample",
    tag: "runs",
    summary: "Read one sample with its evidence",
    parameters: [runId, sampleId],
    success: { status: 200, description: "`{sample, evidence}`.", type: "application/json" },
    problems: [404],
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/points",
    id: "get_sample_points",
    tag: "runs",
    summary: "Read two metrics of the samples, to draw one against the other",
    parameters: [runId, query("x", "A metric."), query("y", "A metric.")],
    success: {
      status: 200,
      description: "Samples with a number for both; of more than 2,000 every n-th.",
      schema: "SamplePoints",
    },
    problems: [404, 422],
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
      query("download", "`1` saves it as a file."),
    ],
    success: { status: 200, description: "The artifact.", type: "application/octet-stream" },
    problems: [404],
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/report.html",
    id: "get_report_html",
    tag: "runs",
    summary: "Read the report as one self-contained HTML file",
    parameters: [runId, query("download", "`1` saves it as a file.")],
    success: { status: 200, description: "The report.", type: "text/html" },
    problems: [404],
  },
  {
    method: "post",
    path: "/api/runs/{run_id}/rescore",
    id: "rescore_run",
    tag: "runs",
    summary: "Compute a run again from its stored judgements; no judge is asked",
    parameters: [runId],
    takes: "RescoreRequest",
    success: {
      status: 200,
      description:
        "Checked: the same bytes come out. 201 when metrics or thresholds made a new run.",
      schema: "RescoreResult",
    },
    problems: [400, 404, 409, 413, 415, 422],
  },
  {
    method: "get",
    path: "/api/runs/{run_id}/samples/{sample_id}/reviews",
    id: "list_reviews",
    tag: "runs",
    summary: "Read what people said of a sample and its claims",
    parameters: [runId, sampleId],
    success: { status: 200, description: "All reviews.", schema: "ReviewList" },
    problems: [404],
  },
  {
    method: "put",
    path: "/api/runs/{run_id}/samples/{sample_id}/reviews",
    id: "put_review",
    tag: "runs",
    summary: "Agree or disagree with the judge on a claim or a sample",
    parameters: [runId, sampleId],
    takes: "ReviewRequest",
    success: { status: 200, description: "All reviews of the sample.", schema: "ReviewList" },
    problems: [400, 404, 413, 415, 422],
  },
  {
    method: "get",
    path: "/api/runs/compare",
    id: "compare_runs",
    tag: "runs",
    summary: "Compare two runs, paired by sample, with intervals",
    parameters: [query("base", "Id of the run before."), query("other", "Id of the run after.")],
    success: { status: 200, description: "The comparison.", schema: "Comparison" },
    problems: [404, 422],
  },
  {
    method: "post",
    path: "/api/gate",
    id: "check_gate",
    tag: "runs",
    summary: "May this run or answer pass? pass, fail or inconclusive, with reasons",
    parameters: [
      {
        name: "Prefer",
        in: "header",
        description:
          "`wait=N` (N ≤ 30) waits for the end of the job; then 202 when it is not done.",
      },
    ],
    takes: "GateRequest",
    success: { status: 200, description: "The verdict.", schema: "GateResult" },
    problems: [400, 404, 413, 415, 422],
  },
  {
    method: "get",
    path: "/api/trends",
    id: "get_trend",
    tag: "runs",
    summary: "Daily means of a metric with intervals",
    parameters: [
      query("metric", "A metric."),
      { ...query("days", "1 to 400; default 30."), type: "integer" },
      query("tag", "`name=value`; default: all samples."),
    ],
    success: { status: 200, description: "The days that have samples.", schema: "Trend" },
    problems: [422],
  },
  {
    method: "get",
    path: "/api/alerts",
    id: "list_alerts",
    tag: "runs",
    summary: "List alert rules with their state",
    success: { status: 200, description: "All rules of the project.", schema: "AlertList" },
  },
  {
    method: "post",
    path: "/api/alerts",
    id: "create_alert",
    tag: "runs",
    summary: "Be told once when a mean is proven to be beyond a line, and once when it is back",
    takes: "CreateAlert",
    success: { status: 201, description: "The rule.", schema: "Alert" },
    problems: [400, 409, 413, 415, 422],
  },
  {
    method: "delete",
    path: "/api/alerts/{alert_id}",
    id: "delete_alert",
    tag: "runs",
    summary: "Remove an alert rule",
    parameters: [{ name: "alert_id", in: "path", description: "Id of the rule, `alert_…`." }],
    success: { status: 204, description: "Removed." },
    problems: [404],
  },
  {
    method: "get",
    path: "/api/metrics",
    id: "list_metrics",
    tag: "service",
    summary: "The metric catalogue: formula, range, direction, inputs, source",
    success: { status: 200, description: "`{metrics}`.", type: "application/json" },
  },
  {
    method: "get",
    path: "/api/health",
    id: "get_health",
    tag: "service",
    summary: "Version, schema, judge, backlog and problems; needs no key",
    success: { status: 200, description: "Health.", schema: "Health" },
  },
  ...ACCESS_OPERATIONS,
];
