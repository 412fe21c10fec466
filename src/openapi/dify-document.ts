import type { ROUTES } from "../routes/all-routes.ts";
import { APP_VERSION } from "../version.ts";
import { describeProblem, problemsOf } from "./answers.ts";
import { findOperation } from "./operations.ts";
import { parametersOf } from "./parameters.ts";

interface Tool {
  id: keyof typeof ROUTES;
  description: string;
  /** What stands in the path. */
  parameter?: string;
  answer: string;
}

/** What a workflow calls, in words for a model. */
const TOOLS: readonly Tool[] = [
  {
    id: "score_async",
    description: "Submit an answer to be scored in the background. Returns a job_id at once.",
    answer: "Accepted, with job_id, status_url and report_url.",
  },
  {
    id: "score_now",
    description: "Score an answer and wait for the scores. For gates and short answers.",
    answer: "The scores by metric.",
  },
  {
    id: "check_gate",
    description: "May this answer pass? Scores it and holds the scores against rules.",
    answer: "The verdict, pass, fail or inconclusive, with a reason for each rule.",
  },
  {
    id: "get_job",
    description: "Read a job: its status, scores and the link to the report.",
    parameter: "The job_id that score_async returned.",
    answer: "The job.",
  },
  {
    id: "get_report",
    description: "Read the report of a run: means, diagnosis and advice.",
    parameter: "The run_id of a completed job.",
    answer: "The report.",
  },
];

/**
 * The API as Dify's custom tool import reads it: OpenAPI 3.0.3, no `$ref`, one content type, flat properties with a
 * type and a description each, scalar defaults, and the server of the very request. Only `servers[0].url` is used
 * there, joined with the path as it is, so the origin carries no slash at its end.
 */
export function buildDifyOpenApi(origin: string): Record<string, unknown> {
  return {
    openapi: "3.0.3",
    info: {
      title: "Touchstone",
      version: APP_VERSION,
      description: "Scores the answers of RAG systems and says what to fix.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: origin }],
    // Dify asks for the key in its own form; other tools read here that there is one.
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    paths: Object.fromEntries(TOOLS.map(describeTool)),
  };
}

/** One tool: an address with its one method. */
function describeTool({ id, description, parameter, answer }: Tool) {
  const operation = findOperation(id);
  const { path, method, lenientBody, answer: usual } = operation;
  const responses = Object.fromEntries([
    [
      usual.status,
      { description: answer, content: { "application/json": { schema: { type: "object" } } } },
    ],
    ...problemsOf(operation).map((status) => [
      status,
      { description: describeProblem(status).description },
    ]),
  ]);
  const parameters = parametersOf(operation)
    .filter((one) => one.in === "path")
    .map((one) => ({ ...one, description: parameter }));
  return [
    path,
    {
      [method.toLowerCase()]: {
        operationId: id,
        summary: description,
        description,
        ...(parameters.length > 0 ? { parameters } : {}),
        ...(lenientBody ? { requestBody: submission(id === "check_gate") } : {}),
        responses,
      },
    },
  ];
}

function submission(hasRules: boolean) {
  const text = (description: string) => ({ type: "string", description });
  return {
    required: true,
    content: {
      "application/json": {
        schema: {
          type: "object",
          required: ["question", "answer", ...(hasRules ? ["rules"] : [])],
          properties: {
            ...(hasRules && {
              rules: text("Lines by metric, such as faithfulness >= 0.8, answer_relevancy >= 0.5"),
            }),
            question: text("The user's question."),
            answer: text("The answer to score, usually the text of the LLM node."),
            contexts: text(
              "Paste the Knowledge Retrieval `result` variable, a JSON array of strings, or plain text.",
            ),
            ground_truth: text("The reference answer, if there is one."),
            metrics: {
              ...text("Names of metrics, separated by commas."),
              default: "faithfulness,answer_relevancy,context_recall,context_precision",
            },
            session_id: text("Calls with the same id share one report."),
            tags: text("Labels the report groups by, such as env=prod,team=support."),
            name: text("A label for the list of runs."),
            language: { ...text("Language of summary and advice."), enum: ["zh", "en"] },
          },
        },
      },
    },
  };
}
