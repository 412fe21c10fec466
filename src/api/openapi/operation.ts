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
  success: {
    status: number;
    description: string;
    schema?: SchemaName;
    type?: string;
    /** What it is besides, on request. */
    alsoType?: string;
  };
  /** Statuses of problem answers besides those every operation has. */
  problems?: readonly number[];
}

export const jobId: Parameter = { name: "id", in: "path", description: "Id of the job, `job_…`." };
export const runId: Parameter = {
  name: "run_id",
  in: "path",
  description: "Id of the run, `run_…`.",
};
export const sampleId: Parameter = {
  name: "sample_id",
  in: "path",
  description: "Id of the sample in the run.",
};
export const limit: Parameter = {
  name: "limit",
  in: "query",
  description: "Rows of a page, 1 to 100; default 50.",
  type: "integer",
};
export const cursor: Parameter = {
  name: "cursor",
  in: "query",
  description: "`next_cursor` of the page before, with the same filters.",
};
export const query = (name: string, description: string): Parameter => ({
  name,
  in: "query",
  description,
});
