import { ERRORS } from "../../errors.ts";
import { APP_VERSION } from "../../version.ts";
import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { parametersOf } from "./parameters.ts";
import { componentSchemas } from "./schemas.ts";

export const EXAMPLE = {
  question: "入职满一年有几天年假？",
  answer: "入职满一年的员工每年有10天带薪年假。",
  contexts: ["员工入职满一年后，每年享有10天带薪年假。"],
  ground_truth: "每年10天带薪年假。",
};

/** What may go wrong with any operation, and with any that asks for a key. */
const COMMON_PROBLEMS = { open: [421], closed: [401, 403, 421, 429, 503] };

/** The API as OpenAPI 3.1; `origin` is the address the document was asked from. */
export function buildOpenApi(origin: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Touchstone",
      version: APP_VERSION,
      description:
        "Scores the answers of RAG systems and says what to fix. A method that an address does not take gets 405 with `Allow`; errors are problem+json.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: origin }],
    security: [{ bearer: [] }, { apiKey: [] }],
    paths,
    webhooks: { jobEnded: { post: describeWebhook() } },
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
    },
  };
}

function describe(operation: Operation): Record<string, unknown> {
  const { success } = operation;
  const parameters = parametersOf(operation);
  const isOpen = operation.id === "get_health";
  const problems = [...(operation.problems ?? []), ...COMMON_PROBLEMS[isOpen ? "open" : "closed"]];
  const content =
    success.schema || success.type
      ? {
          content: {
            [success.type ?? "application/json"]: success.schema
              ? { schema: { $ref: `#/components/schemas/${success.schema}` } }
              : {},
            ...(success.alsoType ? { [success.alsoType]: {} } : {}),
          },
        }
      : {};
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.tag],
    ...(isOpen ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.takesSubmission ? { requestBody: describeSubmission() } : {}),
    ...(operation.takesUpload ? { requestBody: describeUpload() } : {}),
    ...(operation.takes ? { requestBody: describeBody(operation.takes) } : {}),
    responses: {
      [success.status]: {
        description: success.description,
        ...content,
        ...(operation.success.schema === "Accepted" ? acceptedExtras() : {}),
      },
      ...Object.fromEntries(
        (operation.alsoAnswers ?? []).map(({ status, description, isEmpty }) => [
          status,
          { description, ...(isEmpty ? {} : content) },
        ]),
      ),
      ...Object.fromEntries(problems.sort().map((status) => [status, describeProblem(status)])),
    },
  };
}

function describeSubmission() {
  const media = { schema: { $ref: "#/components/schemas/Submission" }, example: EXAMPLE };
  return {
    required: true,
    content: {
      "application/json": media,
      "application/x-www-form-urlencoded": media,
      "multipart/form-data": media,
    },
  };
}

function describeUpload() {
  const submission = { $ref: "#/components/schemas/Submission" };
  return {
    required: true,
    description:
      "At most 50 MB and 50,000 rows; of CSV and of a workbook (at most 4 MB) the first row names the fields.",
    content: {
      "application/json": { schema: { type: "array", items: submission } },
      "application/x-ndjson": { schema: { type: "string" } },
      "text/csv": { schema: { type: "string" } },
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
        schema: { type: "string", format: "binary" },
      },
    },
  };
}

function describeBody(schema: string) {
  const media = { schema: { $ref: `#/components/schemas/${schema}` } };
  return { required: true, content: { "application/json": media } };
}

/** The job is found through `Location`, and a client generator through the link. */
function acceptedExtras() {
  return {
    headers: {
      Location: { description: "Path of the job.", schema: { type: "string" } },
      "Retry-After": {
        description: "Seconds until a first look pays.",
        schema: { type: "integer" },
      },
    },
    links: { job: { operationId: "get_job", parameters: { id: "$response.body#/job_id" } } },
  };
}

function describeProblem(status: number) {
  const titles = Object.values(ERRORS)
    .filter(([code]) => code === status)
    .map(([, title]) => title);
  return {
    description: titles.join(". ") || "A problem.",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

function describeWebhook() {
  return {
    operationId: "job_ended",
    summary: "Sent to `callback_url` when a job has ended, signed as Standard Webhooks says",
    requestBody: {
      content: {
        "application/json": {
          schema: {
            type: "object",
            required: ["type", "timestamp", "data"],
            properties: {
              type: { enum: ["job.completed", "job.failed", "job.cancelled"] },
              timestamp: { type: "string", format: "date-time" },
              data: {
                type: "object",
                properties: { job_id: { type: "string" }, status_url: { type: "string" } },
              },
            },
          },
        },
      },
    },
    responses: { "2XX": { description: "Received; anything else is tried again." } },
  };
}
