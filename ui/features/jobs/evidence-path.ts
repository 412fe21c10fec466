import type { Job } from "../../../src/contract/job.ts";

/** Where what was found of a job stands: its one sample in the report, the report of a batch, or else the job itself. */
export function evidencePath({ job_id, run_id, kind, sample_id }: Job): string {
  if (run_id === null) return `/jobs/${job_id}`;
  const query = kind === "single" && sample_id !== null ? { sample: sample_id } : null;
  return `/runs/${run_id}${query === null ? "" : `?${new URLSearchParams(query)}`}`;
}
