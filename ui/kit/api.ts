import type {
  Accepted,
  Health,
  Job,
  JobPage,
  JobStatus,
  JudgeChoice,
  LeftOut,
  MetricInfo,
  Problem,
  RunPage,
  SamplePage,
  SampleRow,
} from "../../src/contract.ts";
import type { CreatedShare } from "../../src/contract-access.ts";
import type { ReviewedReport } from "../../src/contract-insight.ts";
import type { Evidence } from "../../src/scoring/evidence.ts";
import { shareTokenFor } from "./access.ts";
import { type ListScope, scopeQuery } from "./lists/list-scope.ts";
import { language } from "./preferences.ts";

const TIMEOUT_MS = 30_000;
/** As many as a slow phone draws without a pause; who asks for more gets more at a time. */
const FIRST_SAMPLES = 25;

/** What the server, or the way to it, refused. `problem` is null when no server answered. */
export class ApiError extends Error {
  readonly status: number | null;
  readonly problem: Problem | null;

  constructor(message: string, status: number | null, problem: Problem | null, cause?: unknown) {
    super(message, { cause });
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
  }
}

export interface JobFilter extends ListScope {
  status: JobStatus | null;
  q: string;
}

export interface RunFilter extends ListScope {
  /** Kind of judge or its model; empty: any. */
  judge: string;
}

/** Jobs asked for at a time. */
export const JOBS_PAGE = 50;

export interface SampleFilter {
  sort: string | null;
  order: "asc" | "desc";
  cause: string | null;
  /** What the bounds are about; null: what is sorted by. */
  metric: string | null;
  below: number | null;
  above: number | null;
  q: string;
}

export interface SampleWithEvidence {
  sample: SampleRow;
  evidence: Evidence | null;
  /** Of a long sample: what this part leaves out. */
  more: LeftOut | null;
}

/** The request body of a sample typed by hand; names as in the contract. */
export interface Submission {
  question: string;
  answer: string;
  contexts?: string[];
  ground_truth?: string;
  metrics: string[];
  name?: string;
  tags?: Record<string, string>;
  judge?: JudgeChoice;
}

export function getJobs(filter: JobFilter, cursor: string | null, signal: AbortSignal) {
  const { status, q } = filter;
  const query = { status, q, ...scopeQuery(filter), cursor, limit: JOBS_PAGE };
  return getJson<JobPage>("/api/score/jobs", query, signal);
}

export function getJob(id: string, signal: AbortSignal) {
  return getJson<Job>(`/api/score/jobs/${encodeURIComponent(id)}`, {}, signal);
}

export function getRuns(filter: RunFilter, cursor: string | null, signal: AbortSignal) {
  const query = { ...scopeQuery(filter), judge: filter.judge, cursor, limit: 50 };
  return getJson<RunPage>("/api/runs", query, signal);
}

export function getReport(runId: string, signal: AbortSignal) {
  return getJson<ReviewedReport>(`/api/runs/${encodeURIComponent(runId)}`, {}, signal);
}

export function getSamples(
  runId: string,
  filter: SampleFilter,
  cursor: string | null,
  signal: AbortSignal,
) {
  const path = `/api/runs/${encodeURIComponent(runId)}/samples`;
  return getJson<SamplePage>(
    path,
    { ...filter, cursor, limit: cursor === null ? FIRST_SAMPLES : 50 },
    signal,
  );
}

/** `sentences`: how much of a long sample; null: as much as the server thinks right. */
export function getSample(
  runId: string,
  sampleId: string,
  sentences: number | null,
  signal: AbortSignal,
) {
  const path = `/api/runs/${encodeURIComponent(runId)}/samples/${encodeURIComponent(sampleId)}`;
  return getJson<SampleWithEvidence>(path, { sentences }, signal);
}

export async function getMetrics(signal: AbortSignal): Promise<MetricInfo[]> {
  return (await getJson<{ metrics: MetricInfo[] }>("/api/metrics", {}, signal)).metrics;
}

export function getHealth(signal: AbortSignal) {
  return getJson<Health>("/api/health", {}, signal);
}

export async function submitSample(submission: Submission): Promise<Accepted> {
  const answer = await send("/api/score/async", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(submission),
  });
  return (await answer.json()) as Accepted;
}

export async function cancelJob(id: string): Promise<Job> {
  const answer = await send(`/api/score/jobs/${encodeURIComponent(id)}/cancel`, { method: "POST" });
  return (await answer.json()) as Job;
}

export async function retryJob(id: string): Promise<Job> {
  const answer = await send(`/api/score/jobs/${encodeURIComponent(id)}/retry`, { method: "POST" });
  return (await answer.json()) as Job;
}

/** Outlives the page, for a reader who leaves while the request is still held back. */
export async function deleteJob(id: string): Promise<void> {
  await send(`/api/score/jobs/${encodeURIComponent(id)}`, { method: "DELETE", keepalive: true });
}

/** Trades a key for a cookie that scripts cannot read. */
export async function signIn(key: string): Promise<void> {
  await send("/api/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ key }),
  });
}

export async function signOut(): Promise<void> {
  await send("/api/session", { method: "DELETE" });
}

/** A link that reads this one report and nothing else. */
export async function shareRun(runId: string): Promise<CreatedShare> {
  const answer = await send(`/api/runs/${encodeURIComponent(runId)}/share`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  return (await answer.json()) as CreatedShare;
}

export function artifactPath(runId: string, name: string): string {
  return `/api/runs/${encodeURIComponent(runId)}/artifacts/${encodeURIComponent(name)}`;
}

/** The report as one file that opens from disk. */
export function reportFilePath(runId: string): string {
  return `/api/runs/${encodeURIComponent(runId)}/report.html`;
}

export async function getArtifactText(runId: string, name: string, signal: AbortSignal) {
  return (await send(artifactPath(runId, name), { signal })).text();
}

/** A plain link carries a cookie but no share token; with one, the file is fetched here. */
export async function getFile(path: string): Promise<Blob> {
  return (await send(path, {})).blob();
}

async function getJson<T>(
  path: string,
  query: Record<string, string | number | null>,
  signal: AbortSignal,
): Promise<T> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  const answer = await send(text ? `${path}?${text}` : path, { signal });
  return (await answer.json()) as T;
}

let newestRequestId: string | null = null;

/** Of the last answer: where a fault is looked for when a page breaks over what it was sent. */
export function lastRequestId(): string | null {
  return newestRequestId;
}

/** The one way to the server; everything else here and in `settings-api.ts` goes through it. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  // A page of another site cannot set this header, so with it the server knows that the click was made here.
  headers.set("X-Requested-With", "touchstone");
  headers.set("Accept-Language", language());
  const shareToken = shareTokenFor(path.split("?", 1)[0] ?? path);
  if (shareToken !== null) headers.set("X-Share-Token", shareToken);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  const answer = await fetch(path, { ...init, headers, signal }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new ApiError("No answer from the server", null, null, cause);
  });
  newestRequestId = answer.headers.get("x-request-id");
  if (answer.ok) return answer;
  throw await readRefusal(answer);
}

async function readRefusal(answer: Response): Promise<ApiError> {
  const isProblem = answer.headers.get("content-type")?.includes("problem+json") ?? false;
  const problem = isProblem ? await answer.json().catch(() => null) : null;
  const known = problem as Problem | null;
  return new ApiError(known?.detail ?? answer.statusText, answer.status, known);
}
