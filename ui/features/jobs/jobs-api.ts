import type { JobSource } from "../../../src/contract/job.ts";
import type { JobStatus } from "../../../src/contract/outcome.ts";
import type { Cause } from "../../../src/scoring/evidence.ts";
import { noting, request } from "../../kit/api.ts";
import { type ListScope, scopeQuery } from "../../kit/lists/list-scope.ts";

export interface JobFilter extends ListScope {
  status: JobStatus | null;
  q: string;
  cause: Cause | null;
  source: JobSource | null;
  /** Only those that lost rows. */
  lost: "yes" | null;
  /** What the bounds are about. */
  metric: string | null;
  below: number | null;
  above: number | null;
}

/** Jobs asked for at a time. */
export const JOBS_PAGE = 50;

export function getJobs(filter: JobFilter, cursor: string | null, signal: AbortSignal) {
  const { status, q, cause, source, lost, metric, below, above } = filter;
  const own = { status, q, cause, source, lost, metric, below, above };
  const query = { ...own, ...scopeQuery(filter), cursor, limit: JOBS_PAGE };
  return noting(request("GET /api/score/jobs", { query, signal }));
}

export function getJob(id: string, signal: AbortSignal) {
  return request("GET /api/score/jobs/:id", { params: { id }, signal });
}

export function cancelJob(id: string) {
  return request("POST /api/score/jobs/:id/cancel", { params: { id } });
}

export function retryJob(id: string) {
  return request("POST /api/score/jobs/:id/retry", { params: { id } });
}

/** Outlives the page, for a reader who leaves while the request is still held back. */
export function deleteJob(id: string) {
  return request("DELETE /api/score/jobs/:id", { params: { id }, keepalive: true });
}
