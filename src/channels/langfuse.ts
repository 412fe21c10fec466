import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Outcomes } from "../contract/outcome.ts";
import { judgeStatus, quote, type Verdict } from "./channel-kind.ts";

/** Below the address of the server. */
export const LANGFUSE_PATHS = { write: "api/public/scores", ask: "api/public/projects" } as const;

/** A body of `POST /api/public/scores`. */
interface LangfuseScore {
  /** The same for the same run and metric: what is sent again, or scored again, takes the place of the first. */
  id: string;
  traceId: string;
  name: string;
  value: number;
  dataType: "NUMERIC";
  comment?: string;
  metadata: Readonly<Record<string, unknown>>;
}

/** A scored answer, and the trace it belongs to. */
export interface ScoredTrace {
  project: string;
  /** W3C, of the call that was scored. */
  traceparent: string;
  /** Tells several answers of one trace apart: the run, or the job where there is none. */
  subject: string;
  jobId: string;
  judge: string;
  outcomes: Outcomes;
  reportUrl: string | null;
}

/** Scores as Langfuse keeps them, of what could be scored; numbers, names and ids alone, never a judged text. */
export function buildScores(scored: ScoredTrace): LangfuseScore[] {
  const traceId = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(scored.traceparent)?.[1];
  if (traceId === undefined) return [];
  const { project, subject, jobId, judge, reportUrl } = scored;
  return Object.entries(scored.outcomes).flatMap(([metric, { value, interval }]) => {
    if (value === null) return [];
    const key = JSON.stringify([project, traceId, subject, metric]);
    return {
      id: `touchstone-${bytesToHex(sha256(utf8ToBytes(key))).slice(0, 32)}`,
      traceId,
      name: `touchstone.${metric}`,
      value,
      dataType: "NUMERIC",
      ...(reportUrl === null ? {} : { comment: reportUrl }),
      metadata: { job_id: jobId, judge, interval: interval ?? null },
    };
  });
}

export function isLangfuse({ hostname }: URL): boolean {
  return hostname === "cloud.langfuse.com" || hostname.endsWith(".cloud.langfuse.com");
}

/** What an answer means. Asked for the project of the keys, its name is the reply. */
export function judgeLangfuse(status: number, body: string): Verdict {
  const byStatus = judgeStatus(status, body);
  if (byStatus) return byStatus;
  const isTaken = status >= 200 && status < 300;
  return {
    outcome: isTaken ? "ok" : "refused",
    reply: nameOfProject(body) ?? quote(`${status} ${body}`),
  };
}

function nameOfProject(body: string): string | null {
  const name = /^\{"data":\[\{"id":"[^"]*","name":("(?:[^"\\]|\\.)*")/.exec(body)?.[1];
  return name === undefined ? null : quote(String(JSON.parse(name)));
}
