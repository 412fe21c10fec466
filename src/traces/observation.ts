import type { TraceSource } from "../contract/trace.ts";
import type { SaidWarning } from "../words/said.ts";

/**
 * What a span is of the run. `chain` wraps others: a workflow, an agent, a pipeline. `other`: nothing that is read, but
 * the root.
 */
export type Kind = "chain" | "llm" | "retriever" | "reranker" | "other";

/** What a dialect reads out of one span; everything else of the span is forgotten. */
export interface Reading {
  kind: Kind;
  question?: string | null;
  answer?: string | null;
  /** In rank order; `[]`: it looked and found nothing. Absent: it does not say what it found. */
  contexts?: string[] | null;
  /** Question and answer are said of the run as a whole, wherever the span stands. */
  isWholeRun?: boolean;
  /** The question stands inside a prompt, so what was searched for is nearer to what was asked. */
  isPrompt?: boolean;
  /** Its retrieval may come long after it. */
  isAwaitingRetrieval?: boolean;
  /** The sender's own id of the span: the same in every replay, whatever the span id. */
  stableId?: string | null;
  session?: string | null;
  user?: string | null;
  model?: string | null;
  tokens?: number | null;
  warnings?: SaidWarning[];
}

/** A span as it is kept until its run is complete. */
export interface Observation extends Reading {
  dialect: TraceSource;
  spanId: string;
  parentId: string | null;
  name: string;
  startMs: number;
  endMs: number;
  hasFailed: boolean;
  app: string | null;
}
