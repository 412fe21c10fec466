import * as z from "zod";
import { GateResult } from "../../contract/gate.ts";
import { Accepted, Job, SyncResult } from "../../contract/job.ts";
import { Report } from "../../contract/report.ts";
import { RunRow } from "../../contract/run.ts";
import { clientOf, type Http } from "../../http/http-context.ts";
import { ANY_RUN, listRuns } from "../../storage/list-runs.ts";
import { getReportText } from "../../storage/runs.ts";
import { decideGate } from "../insight/gate.ts";
import { viewAccepted, viewJob } from "../jobs/job-view.ts";
import { findJob } from "../jobs/jobs.ts";
import { runNotFound } from "../runs/find-run.ts";
import { viewRunRows } from "../runs/run-rows.ts";
import { scoreWithin } from "../score/score.ts";
import { submit } from "../score/submit.ts";

export interface McpTool<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
> {
  name: string;
  description: string;
  isReadOnly: boolean;
  /** What a model is told to send and is held to. */
  inputSchema: Input;
  outputSchema: Output;
  call(http: Http, input: z.infer<Input>): Promise<z.infer<Output>>;
}

const Submission = z.looseObject({
  question: z.string().describe("The user's question."),
  answer: z.string().describe("The answer to score."),
  contexts: z.array(z.string()).optional().describe("Retrieved passages in rank order."),
  ground_truth: z.string().optional().describe("The reference answer, if known."),
  metrics: z
    .array(z.string())
    .optional()
    .describe("Names of metrics; default: the four common ones."),
  name: z.string().optional().describe("A label for the list of runs."),
  session_id: z.string().optional().describe("Calls with the same id share one report."),
  tags: z
    .record(z.string(), z.string())
    .optional()
    .describe('Labels the report groups by, such as {"env": "prod"}.'),
});
const { question, answer, ...others } = Submission.shape;

export const MCP_TOOLS: readonly McpTool[] = [
  defineTool({
    name: "score_answer",
    description:
      "Score the answer of a RAG system and wait for the scores, with reasons for what could not be scored.",
    isReadOnly: false,
    inputSchema: Submission,
    outputSchema: SyncResult,
    call: (http, input) => scoreWithin(http, input),
  }),
  defineTool({
    name: "score_answer_async",
    description: "Submit an answer to be scored in the background; returns a job_id for get_job.",
    isReadOnly: false,
    inputSchema: Submission,
    outputSchema: Accepted,
    call: async (http, input) =>
      viewAccepted((await submit(http, input, true, "mcp")).job, clientOf(http)),
  }),
  defineTool({
    name: "gate",
    description:
      "May this answer, job or run pass? Returns verdict (pass, fail or inconclusive) with a reason for each rule.",
    isReadOnly: false,
    inputSchema: z.looseObject({
      rules: z.string().describe("Lines by metric: faithfulness >= 0.8, answer_relevancy >= 0.5"),
      question: question.optional(),
      answer: answer.optional(),
      ...others,
      job_id: z.string().optional().describe("A job instead of question and answer."),
      run_id: z.string().optional().describe("A finished run instead of question and answer."),
      base_run_id: z.string().optional().describe("The run that rules with `base` compare with."),
    }),
    outputSchema: GateResult,
    call: async (http, input) => (await decideGate(http, input)).result,
  }),
  defineTool({
    name: "get_job",
    description: "Read a job: status, scores, outcomes and the run_id of its report.",
    isReadOnly: true,
    inputSchema: z.object({
      job_id: z.string().describe("The job_id that score_answer_async returned."),
    }),
    outputSchema: Job,
    call: async (http, { job_id }) => viewJob(await findJob(http, { id: job_id }), clientOf(http)),
  }),
  defineTool({
    name: "get_report",
    description: "Read the report of a run: means with intervals, diagnosis and what to fix first.",
    isReadOnly: true,
    inputSchema: z.object({ run_id: z.string().describe("The run_id of a completed job.") }),
    outputSchema: Report,
    call: async (http, { run_id }) => {
      const report = await getReportText(http.get("jobs"), http.get("caller").project, run_id);
      if (report === null) throw runNotFound(run_id);
      return JSON.parse(report);
    },
  }),
  defineTool({
    name: "list_runs",
    description: "List the newest runs with their metric means.",
    isReadOnly: true,
    inputSchema: z.object({
      limit: z.number().int().min(1).max(50).default(10).describe("How many, 1 to 50; default 10."),
    }),
    outputSchema: z.object({ runs: z.array(RunRow) }),
    call: async (http, { limit }) => {
      const page = { limit, before: null };
      const { project } = http.get("caller");
      const { runs: rows } = await listRuns(http.get("jobs").db, project, ANY_RUN, page);
      return { runs: await viewRunRows(http, rows.slice(0, limit)) };
    },
  }),
];

/** A tool whose `call` is checked against its schemas. */
function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: McpTool<Input, Output>,
): McpTool<Input, Output> {
  return tool;
}
