import { TouchstoneError } from "./errors.ts";
import { type Call, type Options, pause, Transport } from "./transport.ts";
import type { Accepted, Experiment, Gate, Job, Sample } from "./types.ts";

export { TouchstoneError } from "./errors.ts";
export type { Options } from "./transport.ts";
export type { Accepted, Experiment, Gate, Job, JobStatus, Sample, Warning } from "./types.ts";

export interface WaitOptions {
  /** Seconds; without an end of the job by then it throws. */
  timeoutSeconds?: number;
  /** Told whenever it was looked at. */
  onProgress?: (job: Job) => void;
}

export interface BatchOptions {
  /** Name of the run. */
  name?: string;
  metrics?: readonly string[];
  judge?: string;
  tags?: Readonly<Record<string, string>>;
  /** Whose names the rows have, such as `ragas`, where the rows do not say it. */
  format?: string;
  language?: "zh" | "en";
}

export interface GateOptions {
  runId?: string;
  jobId?: string;
  baseRunId?: string;
  /** `{faithfulness: ">= 0.8"}`, or lines such as `faithfulness>=0.8`. */
  rules: Readonly<Record<string, string>> | readonly string[];
  language?: "zh" | "en";
  /** Seconds a job may still take. */
  timeoutSeconds?: number;
}

export interface ExperimentOptions {
  /** The test set (`set_…`), and the connected apps (`tgt_…`) it is put to. */
  testSetId: string;
  targetIds: readonly string[];
  /** Rules of its gate. */
  rules?: readonly string[];
  /** The run it is compared with; else the one before. */
  baseRunId?: string;
  name?: string;
  /** How often each question is asked. */
  repeat?: number;
  /** Of more than 500 questions: their number, to say that it is meant. */
  confirmAsks?: number;
  /** Seconds; it goes on without you afterwards. */
  timeoutSeconds?: number;
  onProgress?: (experiment: Experiment) => void;
}

/** The longest the server waits within one request, seconds. */
const LONGEST_WAIT_SECONDS = 30;
const TIMEOUT_SECONDS = 600;
const EXPERIMENT_TIMEOUT_SECONDS = 1800;
const FIRST_LOOK_MS = 300;
const LOOK_EVERY_MS = 5000;
const JSON_TYPE = { "Content-Type": "application/json" };

/** A Touchstone server. Every request may be sent twice without doing anything twice. */
export class Touchstone {
  readonly #transport: Transport;

  constructor(options: Options = {}) {
    this.#transport = new Transport(options);
  }

  /** Scores one answer and waits for it. @throws TouchstoneError when it failed or the time is over */
  async score(sample: Sample, options: WaitOptions = {}): Promise<Job> {
    const seconds = Math.min(LONGEST_WAIT_SECONDS, options.timeoutSeconds ?? TIMEOUT_SECONDS);
    const call = idempotent({ headers: { Prefer: `wait=${Math.ceil(seconds)}` }, body: sample });
    const answer: Job | Accepted = await this.#ask("/api/score/async", call);
    return "scores" in answer ? ended(answer) : this.wait(answer.job_id, options);
  }

  /** Hands one answer in; the job is stored when this resolves. */
  scoreAsync(sample: Sample): Promise<Accepted> {
    return this.#ask("/api/score/async", idempotent({ body: sample }));
  }

  /** Hands a test set in: one job, one run. A file is sent as it is (JSON, JSON Lines, CSV, xlsx). */
  batch(rows: readonly Sample[] | Blob, options: BatchOptions = {}): Promise<Accepted> {
    const { metrics, tags, ...words } = options;
    const query = new URLSearchParams(words);
    if (metrics) query.set("metrics", metrics.join(","));
    if (tags) query.set("tags", JSON.stringify(tags));
    const isFile = rows instanceof Blob;
    const body = isFile ? rows : rows.map((row) => JSON.stringify(row)).join("\n");
    const type = isFile ? rows.type || "application/octet-stream" : "application/x-ndjson";
    const headers = { "Content-Type": type, "Idempotency-Key": crypto.randomUUID() };
    return this.#ask(`/api/score/batch?${query}`, { method: "POST", headers, body });
  }

  job(jobId: string): Promise<Job> {
    return this.#ask(`/api/score/jobs/${encodeURIComponent(jobId)}`);
  }

  /** The job once it has ended. @throws TouchstoneError when it failed or the time is over */
  async wait(jobId: string, options: WaitOptions = {}): Promise<Job> {
    const { timeoutSeconds = TIMEOUT_SECONDS, onProgress } = options;
    const deadline = Date.now() + timeoutSeconds * 1000;
    for (let everyMs = FIRST_LOOK_MS; ; everyMs = Math.min(LOOK_EVERY_MS, everyMs * 1.5)) {
      const job = await this.job(jobId);
      onProgress?.(job);
      if (job.status !== "queued" && job.status !== "running") return ended(job);
      if (Date.now() + everyMs > deadline) {
        const { done, total } = job.progress;
        throw new TouchstoneError(
          `${jobId} is still ${job.status} after ${timeoutSeconds} s (${done} of ${total}); it goes on: ${job.report_url}`,
        );
      }
      await pause(everyMs);
    }
  }

  /** Does a run hold its rules? A job that has not ended is waited for. */
  async gate(options: GateOptions): Promise<Gate> {
    const { runId, jobId, baseRunId, rules, language, timeoutSeconds = TIMEOUT_SECONDS } = options;
    const body = {
      ...(runId === undefined ? { job_id: jobId } : { run_id: runId }),
      ...(baseRunId === undefined ? {} : { base_run_id: baseRunId }),
      ...(language === undefined ? {} : { language }),
      rules: isLines(rules) ? rules.join("\n") : rules,
    };
    const deadline = Date.now() + timeoutSeconds * 1000;
    for (;;) {
      const left = Math.ceil((deadline - Date.now()) / 1000);
      const wait = Math.max(1, Math.min(LONGEST_WAIT_SECONDS, left));
      const answer = await this.#transport.send("/api/gate", {
        method: "POST",
        headers: { ...JSON_TYPE, Prefer: `wait=${wait}` },
        body: JSON.stringify(body),
      });
      const gate: Gate = await answer.json();
      if (answer.status !== 202 || Date.now() >= deadline) return gate;
    }
  }

  /**
   * Puts a test set to connected apps and waits: every question is asked, the answers are scored and compared. What has
   * not ended when the time is over comes back as it is (`status`, `result`).
   */
  async experiment(options: ExperimentOptions): Promise<Experiment> {
    const { timeoutSeconds = EXPERIMENT_TIMEOUT_SECONDS, onProgress, baseRunId, name } = options;
    const { repeat, confirmAsks } = options;
    const deadline = Date.now() + timeoutSeconds * 1000;
    const { experiment_id: id } = await this.#ask<{ experiment_id: string }>("/api/experiments", {
      method: "POST",
      headers: JSON_TYPE,
      // Asking twice costs the app's owner twice.
      isRepeatable: false,
      body: JSON.stringify({
        test_set_id: options.testSetId,
        targets: options.targetIds.map((target_id) => ({ target_id })),
        rules: options.rules ?? [],
        base_run_id: baseRunId ?? null,
        ...(name === undefined ? {} : { name }),
        ...(repeat === undefined ? {} : { repeat }),
        ...(confirmAsks === undefined ? {} : { confirm_asks: confirmAsks }),
      }),
    });
    for (let everyMs = FIRST_LOOK_MS; ; everyMs = Math.min(LOOK_EVERY_MS, everyMs * 1.5)) {
      const experiment = await this.#ask<Experiment>(`/api/experiments/${encodeURIComponent(id)}`);
      onProgress?.(experiment);
      // The result is written a moment after the last run has ended.
      const isOver = experiment.status === "ended" && experiment.result !== null;
      if (isOver || Date.now() + everyMs > deadline) return experiment;
      await pause(everyMs);
    }
  }

  async #ask<T>(path: string, call?: Call): Promise<T> {
    const answer = await this.#transport.send(path, call);
    return answer.json() as Promise<T>;
  }
}

function isLines(rules: GateOptions["rules"]): rules is readonly string[] {
  return Array.isArray(rules);
}

/** The same key at every try: the server gives the same job, and scores once. */
function idempotent({ headers, body }: { headers?: Record<string, string>; body: object }): Call {
  const key = { "Idempotency-Key": crypto.randomUUID() };
  return {
    method: "POST",
    headers: { ...JSON_TYPE, ...key, ...headers },
    body: JSON.stringify(body),
  };
}

function ended(job: Job): Job {
  if (job.status === "completed") return job;
  const reason = job.error?.message ?? `it was ${job.status}`;
  throw new TouchstoneError(`${job.job_id} has no scores: ${reason}`, {
    code: job.error?.code ?? job.status,
  });
}
