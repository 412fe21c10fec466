import type { Parameter } from "../../words/said.ts";
import type { Tokens } from "../chat/endpoint/exchange.ts";

// What is asked of a decision model and what it answers, whatever its wire form.

/** How typed questions are written on the wire; configured, never guessed. */
export const DIALECTS = ["systemone", "openai-decisions", "workers-ai"] as const;
export type DialectName = (typeof DIALECTS)[number];

/** Of a deployment that names none. */
export const USUAL_MODELS: Readonly<Record<DialectName, string>> = {
  systemone: "jev-1.13.0",
  "openai-decisions": "gpt-6-luna",
  "workers-ai": "@cf/cloudflare/clef-flash",
};

/** What embeds where Cloudflare's own models judge. */
export const USUAL_EMBEDDING = "@cf/baai/bge-m3";

export interface DecisionQuestion {
  id: string;
  /** One of the options; yes or no; a level of the options, the lowest first. */
  kind: "choice" | "yes" | "score";
  ask: string;
  /** Texts the question is about, by the names `ask` gives them; data, never instructions. */
  data?: Readonly<Record<string, string>>;
  /** Of `choice` and `score`; null: the id says it all. */
  options?: readonly { id: string; means: string | null }[];
}

/** Probability of each option; of a yes-or-no question those of `yes` and `no`. Sums to 1. */
export type Distribution = ReadonlyMap<string, number>;

type DecisionReply =
  | {
      kind: "answers";
      /** By the ids asked; one the model refused, left out or garbled is not there. */
      answers: ReadonlyMap<string, Distribution>;
      /** Who answered, as the reply says. */
      model: string | null;
      tokens: Tokens;
    }
  | { kind: "refused"; words: Parameter }
  | { kind: "too_long" }
  | { kind: "cancelled" };

/** One endpoint and model. Throws `JudgeUnavailable` only; everything else is a reply. */
export interface DecisionEndpoint {
  decide(
    state: Readonly<Record<string, unknown>>,
    questions: readonly DecisionQuestion[],
    signal: AbortSignal | undefined,
  ): Promise<DecisionReply>;
}

export interface DecisionSettings {
  dialect: DialectName;
  /** Ends in `/v1`; of Workers AI the account's address, to which `/run/MODEL` is added. */
  baseURL: string;
  /** null: the endpoint wants none. */
  apiKey: string | null;
  model: string;
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds of one call, counted from the moment it has a slot; default 60,000. */
  timeoutMs?: number;
  /** Calls in flight at once over all samples of this judge; default 5. */
  slots?: number;
  fetch?: typeof fetch;
  /** Pause before the one quick retry when the provider names none, in milliseconds; default 400. */
  retryPauseMs?: number;
}

/** No more questions go into one request, wherever it goes. */
export const MOST_QUESTIONS = 64;

/** Tokens of state and questions a model reads, where it is known; a server may be set up for less. */
const WINDOWS: readonly (readonly [RegExp, number])[] = [
  [/clef-flash/, 24_000],
  [/clef|decision-model/, 64_000],
  [/jev/, 32_000],
  [/gpt-6/, 128_000],
];
const UNKNOWN_WINDOW = 16_000;

/** Only so much of a window is filled: tokens are estimated, and some servers cut in silence what is too long. */
const FILLED_SHARE = 0.8;

export function tokensPerRequest(model: string): number {
  const window = WINDOWS.find(([name]) => name.test(model))?.[1] ?? UNKNOWN_WINDOW;
  return window * FILLED_SHARE;
}
