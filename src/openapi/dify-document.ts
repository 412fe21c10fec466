import { APP_VERSION } from "../version.ts";
import { describeProblem, problemsOf } from "./answers.ts";
import { OPERATIONS } from "./operations.ts";

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
    paths: {
      "/api/score/async": {
        post: operation(
          "score_async",
          "Submit an answer to be scored in the background. Returns a job_id at once.",
          { requestBody: submission() },
          { 202: "Accepted, with job_id, status_url and report_url." },
        ),
      },
      "/api/score": {
        post: operation(
          "score_now",
          "Score an answer and wait for the scores. For gates and short answers.",
          { requestBody: submission() },
          { 200: "The scores by metric." },
        ),
      },
      "/api/score/jobs/{id}": {
        get: operation(
          "get_job",
          "Read a job: its status, scores and the link to the report.",
          { parameters: [pathParameter("id", "The job_id that score_async returned.")] },
          { 200: "The job." },
        ),
      },
      "/api/runs/{run_id}": {
        get: operation(
          "get_report",
          "Read the report of a run: means, diagnosis and advice.",
          { parameters: [pathParameter("run_id", "The run_id of a completed job.")] },
          { 200: "The report." },
        ),
      },
    },
  };
}

function operation(
  operationId: string,
  description: string,
  input: Record<string, unknown>,
  answers: Record<number, string>,
) {
  const described = OPERATIONS.find(({ id }) => id === operationId);
  const problems = described === undefined ? [] : problemsOf(described);
  const responses = Object.fromEntries([
    ...Object.entries(answers).map(([status, text]) => [
      status,
      { description: text, content: { "application/json": { schema: { type: "object" } } } },
    ]),
    ...problems.map((status) => [status, { description: describeProblem(status).description }]),
  ]);
  return { operationId, summary: description, description, ...input, responses };
}

function pathParameter(name: string, description: string) {
  return { name, in: "path", required: true, description, schema: { type: "string" } };
}

function submission() {
  const text = (description: string) => ({ type: "string", description });
  return {
    required: true,
    content: {
      "application/json": {
        schema: {
          type: "object",
          required: ["question", "answer"],
          properties: {
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
            name: text("A label for the list of runs."),
            language: { ...text("Language of summary and advice."), enum: ["zh", "en"] },
          },
        },
      },
    },
  };
}
