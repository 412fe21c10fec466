import * as z from "zod";
import { AppError } from "../errors.ts";
import { getJob } from "../storage/jobs.ts";
import { ANY_RUN, listRuns } from "../storage/list-runs.ts";
import { getReportText } from "../storage/runs.ts";
import { type Http, originOf } from "./http-context.ts";
import { viewAccepted, viewJob } from "./job-view.ts";
import { viewRunRows } from "./run-rows.ts";
import { scoreWithin } from "./score.ts";
import { submit } from "./submit.ts";

interface McpTool {
  name: string;
  description: string;
  isReadOnly: boolean;
  inputSchema: { type: "object"; properties: Record<string, object>; required?: string[] };
  call: (http: Http, input: Record<string, unknown>) => Promise<unknown>;
}

const text = (description: string) => ({ type: "string", description });

const SUBMISSION = {
  type: "object" as const,
  required: ["question", "answer"],
  properties: {
    question: text("The user's question."),
    answer: text("The answer to score."),
    contexts: {
      type: "array",
      items: { type: "string" },
      description: "Retrieved passages in rank order.",
    },
    ground_truth: text("The reference answer, if known."),
    metrics: {
      type: "array",
      items: { type: "string" },
      description: "Names of metrics; default: the four common ones.",
    },
    name: text("A label for the list of runs."),
    session_id: text("Calls with the same id share one report."),
  },
};

const JobInput = z.object({ job_id: z.string() });
const ReportInput = z.object({ run_id: z.string() });
const ListInput = z.object({ limit: z.number().int().min(1).max(50).default(10) });

export const MCP_TOOLS: readonly McpTool[] = [
  {
    name: "score_answer",
    description:
      "Score the answer of a RAG system and wait for the scores, with reasons for what could not be scored.",
    isReadOnly: false,
    inputSchema: SUBMISSION,
    call: (http, input) => scoreWithin(http, input),
  },
  {
    name: "score_answer_async",
    description: "Submit an answer to be scored in the background; returns a job_id for get_job.",
    isReadOnly: false,
    inputSchema: SUBMISSION,
    call: async (http, input) =>
      viewAccepted((await submit(http, input, true)).job, originOf(http)),
  },
  {
    name: "get_job",
    description: "Read a job: status, scores, outcomes and the run_id of its report.",
    isReadOnly: true,
    inputSchema: {
      type: "object",
      required: ["job_id"],
      properties: { job_id: text("The job_id that score_answer_async returned.") },
    },
    call: async (http, input) => {
      const { job_id } = readInput(JobInput, input);
      const job = await getJob(http.get("jobs").db, http.get("caller").project, job_id);
      if (!job) throw new AppError("not_found", `Score job not found: ${job_id.slice(0, 100)}`);
      return viewJob(job, originOf(http));
    },
  },
  {
    name: "get_report",
    description: "Read the report of a run: means with intervals, diagnosis and what to fix first.",
    isReadOnly: true,
    inputSchema: {
      type: "object",
      required: ["run_id"],
      properties: { run_id: text("The run_id of a completed job.") },
    },
    call: async (http, input) => {
      const { run_id } = readInput(ReportInput, input);
      const report = await getReportText(http.get("jobs").db, http.get("caller").project, run_id);
      if (report === null)
        throw new AppError("not_found", `Run not found: ${run_id.slice(0, 100)}`);
      return JSON.parse(report);
    },
  },
  {
    name: "list_runs",
    description: "List the newest runs with their metric means.",
    isReadOnly: true,
    inputSchema: {
      type: "object",
      properties: { limit: { type: "integer", description: "How many, 1 to 50; default 10." } },
    },
    call: async (http, input) => {
      const { limit } = readInput(ListInput, input);
      const page = { limit, before: null };
      const { project } = http.get("caller");
      const { runs: rows } = await listRuns(http.get("jobs").db, project, ANY_RUN, page);
      return { runs: await viewRunRows(http, rows.slice(0, limit)) };
    },
  },
];

function readInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AppError("invalid_request", "The arguments of the tool are not valid.", {
    errors: result.error.issues.map((issue) => ({
      pointer: `#/${issue.path.join("/")}`,
      detail: issue.message,
    })),
  });
}
