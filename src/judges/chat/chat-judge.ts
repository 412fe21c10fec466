import { bytesToHex } from "@noble/hashes/utils.js";
import type { Judge, JudgeCall, JudgedTable, Needs } from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import type { Pause } from "../../scoring/steps.ts";
import { NO_USAGE } from "../../scoring/usage.ts";
import type { JudgementStore } from "../cache/judgement-store.ts";
import { trackKeys } from "../cache/judgement-store.ts";
import { createOfflineJudge } from "../offline/offline-judge.ts";
import { openEndpoint } from "./endpoint/endpoint.ts";
import { recordCalls } from "./endpoint/record-calls.ts";
import type { EndpointSettings } from "./endpoint/settings.ts";
import { askAgain } from "./plans/ask-again.ts";
import { type Filled, fillTable } from "./plans/fill-table.ts";
import type { JudgeContext } from "./plans/judge-context.ts";
import type { JudgePlan } from "./settings.ts";

export interface ChatJudgeSettings extends EndpointSettings {
  plan?: JudgePlan;
  /** Estimated tokens of texts in one call; longer inputs are cut into several calls. Default 12,000. */
  inputTokens?: number;
  /** Calls one sample may cost at most; what is left then fails with `budget`. Default 200. */
  callsPerSample?: number;
  /** Fresh unguessable hex digits, for fences and control claims; default 8 random bytes. */
  randomHex?: () => string;
  store?: JudgementStore;
  /** Whose memory it is. */
  project?: string;
}

export const INPUT_TOKENS = 12_000;
export const CALLS_PER_SAMPLE = 200;

/**
 * A judge behind any endpoint that speaks OpenAI's chat completions. Make one per invocation: its slots are shared by
 * all samples it fills. Throws `JudgeUnavailable` when the endpoint is away or wrongly set up; every other trouble is a
 * failed cell.
 */
export function createChatJudge(settings: ChatJudgeSettings): Judge {
  const endpoint = openEndpoint(settings);

  function open(purpose: readonly string[], signal: AbortSignal | undefined) {
    const memory = settings.store ? trackKeys(settings.store) : null;
    const calls: JudgeCall[] = [];
    const context: JudgeContext = {
      endpoint: recordCalls(endpoint, settings, calls),
      store: memory?.store ?? null,
      origin: [...ownerOf(settings), settings.model, parametersOf(settings), ...purpose],
      plan: settings.plan ?? "block",
      inputTokens: settings.inputTokens ?? INPUT_TOKENS,
      embeddingModel: settings.embeddingModel,
      drawHex: settings.randomHex ?? drawHex,
      usage: NO_USAGE,
      notes: [],
      controls: { asked: 0, held: 0 },
      troubles: [],
      budget: { begun: 0, most: settings.callsPerSample ?? CALLS_PER_SAMPLE },
      signal,
    };
    /** What it took, once all is asked. */
    const account = () => ({
      usage: context.usage,
      calls,
      controls: context.controls,
      notes: [...new Set(context.notes)],
      ...(context.troubles.length > 0 ? { troubles: context.troubles } : {}),
      ...(memory ? { judgements: [...memory.keys].sort() } : {}),
    });
    return { context, account };
  }

  return {
    name: `llm:${settings.model}`,
    async fill(sample, needs, signal, pause) {
      const { context, account } = open([], signal);
      const filled = await fillTable(context, sample, needs);
      return {
        method: "llm",
        ...filled,
        ...(await similarityOf(settings, sample, needs, filled, pause)),
        answerRelevancy: null,
        confidence: null,
        ...account(),
      };
    },
    async askAgain(sample, asks, signal) {
      // A key of its own: the first answer must not be remembered as the second.
      const { context, account } = open(["again"], signal);
      return { ...(await askAgain(context, sample, asks)), ...account() };
    },
  };
}

/** Part of every key: whose memory it is, and which host answered; the same model elsewhere may say otherwise. */
export function ownerOf({ project, baseURL }: { project?: string; baseURL: string }): string[] {
  return [project ?? "", new URL(baseURL).host];
}

function parametersOf({ effort }: ChatJudgeSettings): object {
  return effort ? { temperature: 0, reasoning_effort: effort } : { temperature: 0 };
}

export function drawHex(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(8)));
}

/** Without an embedding model the similarity is the offline judge's, and says so. */
async function similarityOf(
  settings: ChatJudgeSettings,
  sample: CutSample,
  needs: Needs,
  filled: Pick<Filled, "similarity">,
  pause: Pause | undefined,
): Promise<Pick<JudgedTable, "similarity" | "similarityMethod">> {
  if (!needs.similarity || !sample.reference) return { similarity: null, similarityMethod: null };
  if (settings.embeddingModel !== null) {
    return { similarity: filled.similarity, similarityMethod: "embedding" };
  }
  return similarityByWords(sample, pause);
}

/** For who has no embedding model. */
export async function similarityByWords(
  sample: CutSample,
  pause: Pause | undefined,
): Promise<Pick<JudgedTable, "similarity" | "similarityMethod">> {
  const { similarity } = await createOfflineJudge().fill(sample, ONLY_SIMILARITY, undefined, pause);
  return { similarity, similarityMethod: "offline" };
}

const ONLY_SIMILARITY: Needs = {
  answerClaims: false,
  referenceClaims: false,
  answerAgainstPassages: false,
  referenceAgainstPassages: false,
  answerAgainstReference: false,
  referenceAgainstAnswer: false,
  answerRelevancy: false,
  passageRelevance: false,
  similarity: true,
  referenceEntities: false,
  criteria: [],
};
