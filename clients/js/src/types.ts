// The parts of the API this client hands on. A test holds them against what the server is built from.

/** An answer to be scored. Everything else `POST /api/score/async` takes may stand here too. */
export interface Sample {
  question: string;
  answer: string;
  /** Retrieved passages in rank order; an empty list: nothing was found. */
  contexts?: readonly string[] | string;
  ground_truth?: string | null;
  /** Names from `GET /api/metrics`; without them the default ones. */
  metrics?: readonly string[] | string;
  name?: string;
  session_id?: string;
  tags?: Readonly<Record<string, string>>;
  judge?: "auto" | "decision" | "llm" | "offline";
  language?: "zh" | "en";
  [field: string]: unknown;
}

export type JobStatus = "queued" | "running" | "completed" | "failed" | "cancelled";

export interface Accepted {
  job_id: string;
  status: JobStatus;
  run_id: string | null;
  status_url: string;
  report_url: string;
  warnings: Warning[];
}

export interface Warning {
  code: string;
  message: string;
  fix: string;
}

export interface Job {
  job_id: string;
  kind: "single" | "batch";
  status: JobStatus;
  /** By metric; of a batch the means. */
  scores: Record<string, number | null>;
  weighted_score: number | null;
  /** Why its one sample is weak. */
  cause: string | null;
  /** The metric furthest from its best value. */
  worst_metric: string | null;
  judge: string;
  progress: { done: number; failed: number; total: number };
  run_id: string | null;
  report_url: string;
  error: { code: string; message: string } | null;
  warnings: Warning[];
  /** Rows of an upload that could not be read. */
  bad_rows: number;
}

export interface Gate {
  verdict: "pass" | "fail" | "inconclusive";
  /** A sentence a rule, then what the numbers leave out. */
  reasons: string[];
  rules: {
    metric: string;
    rule: string;
    verdict: "pass" | "fail" | "inconclusive";
    value: number | null;
    n: number;
    reason: string;
  }[];
  run_id: string | null;
  job_id: string | null;
  report_url: string;
  scores: Record<string, number | null>;
}

export interface Experiment {
  experiment_id: string;
  name: string | null;
  test_set_id: string;
  base_run_id: string | null;
  status: "running" | "ended";
  runs: {
    label: string;
    job_id: string;
    status: JobStatus;
    run_id: string | null;
    progress: { asked: number; judged: number; total: number };
    /** Asks by what came of them, such as `answered`. */
    outcomes: Partial<Record<string, number>>;
    /** Why asking stopped before its end, in the app's own words. */
    stopped: string | null;
    error: string | null;
  }[];
  /** null: it has not ended, or nothing could be compared. */
  result: {
    base_run_id: string | null;
    runs: {
      job_id: string;
      run_id: string | null;
      gate: "pass" | "fail" | "inconclusive" | null;
      /** Metrics that are really worse. */
      worse: string[];
      worse_tags: string[];
    }[];
  } | null;
}
