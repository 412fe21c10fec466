import { Accepted, AcceptedImport } from "../contract/job.ts";
import { Submission } from "../contract/submission.ts";
import type { Answer } from "../http/route.ts";
import type { Section } from "../routes/all-routes.ts";
import { APP_VERSION } from "../version.ts";
import { answersOf, describeProblem, problemsOf } from "./answers.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { parametersOf } from "./parameters.ts";
import { componentSchemas, describeSchema } from "./schemas.ts";

export const EXAMPLE = {
  question: "入职满一年有几天年假？",
  answer: "入职满一年的员工每年有10天带薪年假。",
  contexts: ["员工入职满一年后，每年享有10天带薪年假。"],
  ground_truth: "每年10天带薪年假。",
};

const TAGS: Record<Section, string> = {
  score: "Submitting and jobs",
  runs: "Runs and reports",
  experiments: "Test sets and experiments",
  service: "Service",
};

/** The API as OpenAPI 3.1; `origin` is the address the document was asked from. */
export function buildOpenApi(origin: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    const method = operation.method.toLowerCase();
    paths[operation.path] = { ...paths[operation.path], [method]: describe(operation) };
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
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: { jobEnded: { post: describeWebhook() } },
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
        keyInQuery: { type: "apiKey", in: "query", name: "key" },
        shareToken: { type: "apiKey", in: "header", name: "X-Share-Token" },
      },
    },
  };
}

function describe(operation: Operation): Record<string, unknown> {
  const parameters = parametersOf(operation);
  const answers = answersOf(operation).map((answer) => [answer.status, describeAnswer(answer)]);
  const problems = problemsOf(operation).map((status) => [status, describeProblem(status)]);
  const requestBody = describeBody(operation);
  return {
    operationId: operation.id,
    summary: operation.en,
    description: `${operation.en}.`,
    tags: [operation.section],
    security: securityOf(operation),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: Object.fromEntries([...answers, ...problems]),
  };
}

/** Which proofs of identity are read where. */
function securityOf({ policy: { need, keyInQuery, share } }: Operation): Record<string, never[]>[] {
  if (need === "public") return [];
  return [
    { bearer: [] },
    { apiKey: [] },
    ...(keyInQuery ? [{ keyInQuery: [] }] : []),
    ...(share ? [{ shareToken: [] }] : []),
  ];
}

function describeAnswer({ description, body, type, alsoType }: Answer) {
  const media = body ? { schema: describeSchema(body, "output") } : {};
  const isBodiless = body === undefined && type === undefined;
  return {
    description,
    ...(isBodiless
      ? {}
      : { content: { [type ?? "application/json"]: media, ...(alsoType && { [alsoType]: {} }) } }),
    ...(body === Accepted || body === AcceptedImport ? acceptedExtras() : {}),
  };
}

function describeBody({ body, lenientBody, isBodyOptional }: Operation) {
  if (lenientBody === "upload") return describeUpload();
  if (lenientBody === Submission) return describeSubmission();
  const schema = body ?? lenientBody;
  if (schema === undefined) return null;
  const media = { schema: describeSchema(schema, "input") };
  return { required: isBodyOptional !== true, content: { "application/json": media } };
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

function describeWebhook() {
  return {
    operationId: "job_ended",
    tags: ["score"],
    security: [],
    summary: "Sent to `callback_url` when a job has ended, signed as Standard Webhooks says",
    requestBody: {
      content: {
        "application/json": {
          schema: {
            type: "object",
            required: ["type", "timestamp", "data"],
            properties: {
              type: { type: "string", enum: ["job.completed", "job.failed", "job.cancelled"] },
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
