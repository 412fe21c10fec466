import { LIMITS } from "../contract/limits.ts";
import type { TraceOutcome, TraceSource } from "../contract/trace.ts";
import type { SaidWarning } from "../words/said.ts";
import type { Observation } from "./observation.ts";
import { sumOf } from "./read-value.ts";

const SECOND = 1000;
/** How long nothing may have come before a run is taken for complete. */
const QUIET_MS = 10 * SECOND;
/** Dify sends what a chat app has found in a task of its own, five seconds later or more. */
const QUIET_AFTER_MESSAGE_MS = 20 * SECOND;
const QUIET_WITHOUT_ROOT_MS = 60 * SECOND;
/** However much still comes. */
const LONGEST_MS = 10 * 60 * SECOND;
/** Of roots whose parent nobody sends, as Dify names them. */
const ROOT_NAMES = /^(?:chatflow_|workflow_|message$|workflow$)/;

/** Why nothing of a run is scored. */
type NoSample = Extract<
  TraceOutcome,
  "failed" | "no_content" | "no_question" | "no_answer" | "not_understood"
>;

/** A run as its spans tell it. */
export interface AssembledRun {
  /** The same for every replay of a run. */
  key: string;
  dialect: TraceSource;
  sample: { question: string; answer: string; contexts: string[] | null } | null;
  /** null: there is a sample. */
  reason: NoSample | null;
  /** What was found, also where nothing of the run is scored. */
  retrieved: string[] | null;
  app: string | null;
  session: string | null;
  user: string | null;
  model: string | null;
  tokens: number | null;
  latencyMs: number;
  rootSpanId: string;
  warnings: SaidWarning[];
}

/** Spans of a run that came twice, in any order, are one each: as the sender names them, the later the truer. */
function mergeSpans(spans: readonly Observation[]): Observation[] {
  const latest = new Map<string, Observation>();
  for (const span of spans) {
    const id = idOf(span);
    const known = latest.get(id);
    if (known === undefined || isLater(span, known)) latest.set(id, span);
  }
  return [...latest.values()].sort(byTime);
}

/** Dify before 1.20 has no id of its own, and gives a span that it sends again another: all else of it is the same. */
function idOf(span: Observation): string {
  if (span.stableId) return span.stableId;
  return span.dialect === "dify"
    ? JSON.stringify({ ...span, spanId: "", parentId: "" })
    : span.spanId;
}

/** Without a word about which came first, so that the order of arrival changes nothing. */
function isLater(a: Observation, b: Observation): boolean {
  if (a.endMs !== b.endMs) return a.endMs > b.endMs;
  const [textA, textB] = [JSON.stringify(a), JSON.stringify(b)];
  return textA.length === textB.length ? textA > textB : textA.length > textB.length;
}

function byTime(a: Observation, b: Observation): number {
  return a.startMs - b.startMs || (a.spanId < b.spanId ? -1 : 1);
}

/** When to look again at a run; null: it is complete. Times are those of arrival. */
export function lookAgainAt(
  spans: readonly Observation[],
  arrived: { firstAt: number; lastAt: number },
  now: number,
): number | null {
  const roots = spans.filter(({ parentId }) => parentId === null);
  const quietMs = roots.some((root) => root.isAwaitingRetrieval)
    ? QUIET_AFTER_MESSAGE_MS
    : roots.length > 0
      ? QUIET_MS
      : QUIET_WITHOUT_ROOT_MS;
  const at = Math.min(arrived.lastAt + quietMs, arrived.firstAt + LONGEST_MS);
  return at <= now ? null : at;
}

/** What was asked, found and answered. `traceId` names a run whose sender has no name for it. */
export function assembleRun(traceId: string, sent: readonly Observation[]): AssembledRun | null {
  const spans = mergeSpans(sent);
  const root = findRoot(spans);
  if (root === null) return null;
  const whole = spans.filter(({ isWholeRun }) => isWholeRun === true);
  const models = spans.filter(({ kind }) => kind === "llm");
  const retrieval = retrievalOf(spans);
  const question =
    firstOf(whole, "question") ??
    (root.isPrompt ? firstOf(retrieval, "question") : null) ??
    root.question ??
    firstOf(retrieval, "question") ??
    firstOf(models, "question");
  const answer =
    firstOf(whole.toReversed(), "answer") ?? root.answer ?? firstOf(models.toReversed(), "answer");
  const contexts = contextsOf(retrieval);
  const reason = reasonOf(root, question, answer, spans);
  const wrappers = spans.filter(({ kind }) => kind === "chain");
  const parts = [root, ...whole, ...wrappers, ...models, ...retrieval];
  return {
    key: root.stableId || traceId,
    dialect: root.kind === "other" ? (parts[1]?.dialect ?? root.dialect) : root.dialect,
    sample: reason === null && question && answer ? { question, answer, contexts } : null,
    reason,
    retrieved: contexts,
    app: firstOf(parts, "app"),
    session: firstOf(parts, "session"),
    user: firstOf(parts, "user"),
    model: firstOf([...models.toReversed(), ...parts], "model"),
    tokens: root.tokens ?? sumOf(...models.map(({ tokens }) => tokens)),
    latencyMs: Math.max(0, Math.round(root.endMs - root.startMs)),
    rootSpanId: root.spanId,
    warnings: [root, ...whole, ...models, ...retrieval]
      .flatMap(({ warnings }) => warnings ?? [])
      .filter(isFirst),
  };
}

/** The span above all others that says something; of several the one that Dify's names, then time and length prefer. */
function findRoot(spans: readonly Observation[]): Observation | null {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const above = spans.filter(({ parentId }) => parentId === null || !ids.has(parentId));
  const chains = spans.filter(({ kind }) => kind === "chain");
  const choices = [
    chains.filter(({ parentId }) => parentId === null),
    chains.filter(({ name }) => ROOT_NAMES.test(name)),
    chains.filter(({ parentId }) => parentId !== null && !ids.has(parentId)),
    chains,
    spans.filter(({ kind }) => kind === "llm"),
    above,
  ];
  const [candidates] = choices.filter((choice) => choice.length > 0);
  if (candidates === undefined) return null;
  return (
    candidates.toSorted((a, b) => a.startMs - b.startMs || b.endMs - a.endMs || byTime(a, b))[0] ??
    null
  );
}

/** What found passages; what only hands on what another found, or is put in order afterwards, counts once. */
function retrievalOf(spans: readonly Observation[]): Observation[] {
  const found = spans.filter(({ kind }) => kind === "retriever" || kind === "reranker");
  const rerankers = found.filter(({ kind, contexts }) => kind === "reranker" && contexts);
  if (rerankers.length > 0) return [...rerankers, ...found.filter(({ contexts }) => !contexts)];
  const retrievers = new Set(found.map(({ spanId }) => spanId));
  // The parent of a node of Dify is the node before it, not one around it.
  return found.filter(
    ({ parentId, dialect }) => dialect === "dify" || parentId === null || !retrievers.has(parentId),
  );
}

function contextsOf(retrieval: readonly Observation[]): string[] | null {
  const lists = retrieval.flatMap(({ contexts }) => (contexts ? [contexts] : []));
  return lists.length === 0 ? null : lists.flat().slice(0, LIMITS.passages);
}

function reasonOf(
  root: Observation,
  question: string | null | undefined,
  answer: string | null | undefined,
  spans: readonly Observation[],
): NoSample | null {
  if (root.hasFailed) return "failed";
  if (question && answer) return null;
  if (spans.every(({ kind }) => kind === "retriever" || kind === "reranker" || kind === "other")) {
    return "not_understood";
  }
  if (!question && !answer) return "no_content";
  return question ? "no_answer" : "no_question";
}

type TextField = "question" | "answer" | "app" | "session" | "user" | "model";

function firstOf(spans: readonly Observation[], field: TextField): string | null {
  for (const { [field]: text } of spans) if (text) return text;
  return null;
}

function isFirst(warning: SaidWarning, at: number, all: readonly SaidWarning[]): boolean {
  const text = JSON.stringify(warning);
  return all.findIndex((one) => JSON.stringify(one) === text) === at;
}
