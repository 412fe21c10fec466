import type * as z from "zod";
import type { SchemaName } from "./schemas.ts";

/** A parameter of the path or a header. */
export interface Parameter {
  name: string;
  in: "path" | "header";
  description: string;
}

export interface Answer {
  status: number;
  description: string;
  schema?: SchemaName;
  type?: string;
  /** What it is besides, on request. */
  alsoType?: string;
}

export interface Operation {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  id: string;
  tag: "score" | "runs" | "service";
  summary: string;
  parameters?: readonly Parameter[];
  /** What the server reads the query with. */
  query?: z.ZodObject;
  /** The body is a Submission. */
  takesSubmission?: boolean;
  /** The body is a file: a JSON array, JSON Lines or CSV of Submissions. */
  takesUpload?: boolean;
  /** The JSON body is this. */
  takes?: SchemaName;
  success: Answer;
  /** Further answers that are no problem. */
  also?: readonly Answer[];
  /** Statuses of problem answers besides those its parts (path, query, body) come to. */
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
