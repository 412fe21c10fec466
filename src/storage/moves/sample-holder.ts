import type { Sql } from "sql-template-tag";
import { sql } from "../sql.ts";

/** Who scores a sample now. */
export interface SampleHolder {
  project: string;
  jobId: string;
  seq: number;
  attempt: number;
}

/** SQL: the row of the sample, unless a newer attempt has it. */
export function ofAttempt({ jobId, seq, attempt }: Omit<SampleHolder, "project">): Sql {
  return sql`job_id = ${jobId} AND seq = ${seq} AND attempt = ${attempt}`;
}
