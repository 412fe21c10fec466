import type { AppInput, AskCost, TargetOptions } from "../contract/target.ts";
import type { Said } from "../words/said.ts";

/** A request to an app, below its base address. */
export interface Call {
  method: "GET" | "POST";
  path: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}

/** An app as it was connected. */
export interface App {
  mode: string;
  options: TargetOptions;
  inputs: readonly AppInput[];
}

export interface Question {
  question: string;
  inputs: Readonly<Record<string, unknown>>;
  files: readonly { type: string; url: string }[];
  /** Names this ask and no other, so that it can be looked up. */
  user: string;
  /** What the app called the conversation so far; empty: it begins. */
  handle: Readonly<Record<string, string>>;
  /** What was said in it. */
  history: readonly { question: string; answer: string }[];
}

/** Why an app gave no answer, and what that means for the asks that follow. */
export interface Refusal {
  /** `busy`: too much at once. `again`: may pass. `stop`: no other question would fare better. `row`: this one alone. */
  means: "busy" | "again" | "stop" | "row";
  /** Equal for errors that are the same. */
  code: string;
  /** In the app's own words. */
  words: string;
}

export interface Reading {
  /** null: no answer came to its end. */
  answer: string | null;
  /** null: not known. */
  contexts: string[] | null;
  retrievedIds: string[] | null;
  contextsFrom: string | null;
  /** The answer was written by hand for this question, or the app waits for a person. */
  special: "canned" | "paused" | null;
  refusal: Refusal | null;
  handle: Readonly<Record<string, string>>;
  cost: Omit<AskCost, "ms">;
}

/** Takes what an app says, piece by piece: the events of a stream, or its one JSON answer. */
export interface AnswerReader {
  push(data: unknown, event: string | null): void;
  /** Ids the app has given so far. */
  handle(): Readonly<Record<string, string>>;
  /** null: what came is no whole answer, and nobody knows what became of the question. */
  end(): Reading | null;
}

/** What an app says of itself. */
export interface AppFacts {
  mode: string;
  inputs: AppInput[];
  notes: Said[];
}

/** What is found of an ask that may have reached the app: nothing, work that goes on, its end, or that nobody tells. */
export type Found = "none" | "running" | "untold" | Reading;

/** All that is known of a kind of app. Pure: it says what to send and understands what comes back. */
export interface TargetKind {
  keyHeader?(options: TargetOptions): string | null;
  /** Asks what its key opens. Throws what `get` throws. */
  discover?(get: (call: Call) => Promise<unknown>): Promise<AppFacts>;
  /** Without `discover`. */
  mode?: string;
  /** What is missing from the options before it can be asked; null: nothing. */
  problem?(app: App): Said | null;
  /** The input that takes the question itself; null: none does. */
  questionInput?(app: App): string | null;
  /** Can files be sent along? */
  takesFiles?: boolean;
  build(app: App, question: Question): Call;
  createReader(app: App): AnswerReader;
  /** What a status that is no success means. */
  refuse(status: number, body: unknown): Refusal;
  /** Looks up an ask of this user before it is asked again; without it, a lost ask is never asked again by itself. */
  lookUp?(
    app: App,
    question: Pick<Question, "user" | "handle" | "question">,
    get: (call: Call) => Promise<unknown>,
  ): Promise<Found>;
  /** Questions with the answers people wrote for them; empty: there are none. */
  annotations?(
    get: (call: Call) => Promise<unknown>,
  ): AsyncGenerator<{ question: string; answer: string }>;
  /** Ends work nobody waits for any more. */
  stop?(
    app: App,
    question: Pick<Question, "user">,
    handle: Readonly<Record<string, string>>,
  ): Call | null;
}

export const NO_COST = { tokens: null, price: null, currency: null } as const;

export const NOTHING_READ: Reading = {
  answer: null,
  contexts: null,
  retrievedIds: null,
  contextsFrom: null,
  special: null,
  refusal: null,
  handle: {},
  cost: NO_COST,
};
