import type { Report } from "../../contract/report.ts";

export interface RescoreWish {
  project: string;
  submittedBy: string;
  runId: string;
  /** null: those of the run. */
  metrics: readonly string[] | null;
  thresholds: Report["thresholds"] | null;
}

export interface RescoreOutcome {
  runId: string;
  jobId: string | null;
  action: "checked" | "created";
  report: Report;
  sampleCount: number;
  differing: string[];
  identical: Record<string, boolean> | null;
}
