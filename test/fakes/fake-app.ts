import type { IncomingMessage, ServerResponse } from "node:http";

// What the fakes of apps share: how one is set up, what it notes, and how it works on a question.

export type AppKind = "dify" | "ragflow" | "fastgpt" | "openai" | "http";

export interface AppSetup {
  kind: AppKind;
  /** Of Dify. */
  mode?: string;
  key?: string;
  /** How long an answer takes. */
  delayMs?: number;
  /** More than so many at once are refused. */
  atOnce?: number;
  /** After so many answers its allowance is spent. */
  allowance?: number;
  /** What happens at questions that hold these words. */
  troubles?: Record<string, Trouble>;
  /** Input forms, annotations and citations, as `/parameters` tells them. */
  parameters?: object;
  /** What is said instead of the usual answer. */
  answers?: Record<string, string>;
  /** Annotations of Dify. */
  annotations?: { question: string; answer: string }[];
}

export type Trouble =
  | "error_after_start"
  | "failed"
  | "stopped"
  | "paused"
  | "canned"
  | "truncated"
  | "dropped"
  | "lost"
  | "once_500"
  | "always_500"
  | "refused"
  | "empty"
  | "html"
  | "replaced"
  | "slow"
  | "huge"
  | "redirect";

/** A question that the app worked on. */
export interface WorkedOn {
  question: string;
  user: string;
  conversation: string;
}

export interface AppLog {
  worked: WorkedOn[];
  /** Requests by `METHOD path`. */
  requests: string[];
  /** Statuses of refusals. */
  refused: number[];
  /** Most questions at the same time. */
  most: number;
  stopped: string[];
  /** Headers and bodies of questions. */
  sent: { headers: Record<string, string>; body: Record<string, unknown> }[];
}

export interface FakeApp extends AppSetup {
  log: AppLog;
  underWay: number;
  serial: number;
  failedOnce: Set<string>;
  /** What is kept of each question, newest last. */
  kept: Map<string, Record<string, unknown>>;
}

export interface Exchange {
  app: FakeApp;
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function troubleOf({ troubles = {} }: FakeApp, question: string): Trouble | null {
  return Object.entries(troubles).find(([words]) => question.includes(words))?.[1] ?? null;
}

export function answerTo({ answers = {} }: FakeApp, question: string): string {
  const own = Object.entries(answers).find(([words]) => question.includes(words))?.[1];
  return own ?? `${question.replace(/[?？]$/, "")}：五天。`;
}

/** What an app finds, as it is read there: FastGPT keeps a supplement beside the second. */
export function passagesFor(question: string, kind?: AppKind): string[] {
  return [
    `${question.replace(/[?？]$/, "")}：五天。`,
    `The handbook says nothing else about “${question}”.${kind === "fastgpt" ? `\n${SUPPLEMENT}` : ""}`,
  ];
}

export const SUPPLEMENT = "补充";

export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

/** Counts a question as under way while it is worked on; says no when there are too many. */
export async function workOn(
  exchange: Exchange,
  asked: WorkedOn,
  work: () => Promise<void>,
  tooMany: () => void,
): Promise<void> {
  const { app } = exchange;
  if (app.underWay >= (app.atOnce ?? Number.POSITIVE_INFINITY)) {
    app.log.refused.push(429);
    tooMany();
    return;
  }
  app.underWay += 1;
  app.log.most = Math.max(app.log.most, app.underWay);
  app.log.worked.push(asked);
  try {
    await pause(app.delayMs ?? 0);
    await work();
  } finally {
    app.underWay -= 1;
  }
}
