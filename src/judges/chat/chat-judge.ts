import type { Judge, JudgeCall, JudgedTable, Needs } from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import type { Pause } from "../../scoring/steps.ts";
import { NO_USAGE } from "../../scoring/usage.ts";
import { trackKeys } from "../cache/track-keys.ts";
import { createOfflineJudge } from "../offline/offline-judge.ts";
import { type Endpoint, openEndpoint } from "./endpoint/endpoint.ts";
import { recordCalls } from "./endpoint/record-calls.ts";
import {
  CALLS_PER_SAMPLE,
  drawHex,
  INPUT_TOKENS,
  type OpenAiJudgeSettings,
} from "./endpoint/settings.ts";
import type { Desk } from "./plans/ask.ts";
import { askAgain } from "./plans/ask-again.ts";
import { fillInTwoRounds, type Plan } from "./plans/fill-table.ts";

/**
 * A judge behind any OpenAI-compatible endpoint. Make one per invocation: its slots are shared by all samples it
 * fills. Throws `JudgeUnavailable` when the endpoint is away or wrongly set up; every other trouble is a failed cell.
 */
export function createOpenAiJudge(settings: OpenAiJudgeSettings): Judge {
  const endpoint = openEndpoint(settings);
  return {
    name: `llm:${settings.model}`,
    fill: (sample, needs, signal, pause) =>
      fillTable(settings, endpoint, sample, needs, signal, pause),
    async askAgain(sample, asks, signal) {
      // A key of its own: the first answer must not be remembered as the second.
      const { desk, memory, calls } = openDesk(settings, endpoint, ["again"], signal);
      const answers = await askAgain(desk, sample, asks, planOf(settings));
      return {
        ...answers,
        usage: desk.usage,
        calls,
        notes: [...new Set(desk.notes)],
        ...(desk.troubles.length > 0 ? { troubles: desk.troubles } : {}),
        ...(memory ? { judgements: [...memory.keys].sort() } : {}),
      };
    },
  };
}

async function fillTable(
  settings: OpenAiJudgeSettings,
  endpoint: Endpoint,
  sample: CutSample,
  needs: Needs,
  signal: AbortSignal | undefined,
  pause: Pause | undefined,
): Promise<JudgedTable> {
  const { desk, memory, calls } = openDesk(settings, endpoint, [], signal);
  const plan = planOf(settings);
  const filled = await fillInTwoRounds(desk, sample, needs, plan);
  return {
    method: "llm",
    ...filled,
    ...(await similarityOf(settings, sample, needs, filled, pause)),
    answerRelevancy: null,
    confidence: null,
    usage: desk.usage,
    calls,
    notes: [...new Set(desk.notes)],
    ...(desk.troubles.length > 0 ? { troubles: desk.troubles } : {}),
    ...(memory ? { judgements: [...memory.keys].sort() } : {}),
  };
}

function openDesk(
  settings: OpenAiJudgeSettings,
  endpoint: Endpoint,
  purpose: readonly string[],
  signal: AbortSignal | undefined,
) {
  const memory = settings.store ? trackKeys(settings.store) : null;
  const calls: JudgeCall[] = [];
  const models = { chat: settings.model, embeddings: settings.embeddingModel };
  const desk: Desk = {
    endpoint: recordCalls(endpoint, models, calls),
    store: memory?.store ?? null,
    origin: [settings.model, parametersOf(settings), ...purpose],
    usage: NO_USAGE,
    notes: [],
    troubles: [],
    budget: { begun: 0, most: settings.callsPerSample ?? CALLS_PER_SAMPLE },
    signal,
  };
  return { desk, memory, calls };
}

/** Judgements from before there was an effort keep their keys. */
function parametersOf({ effort }: OpenAiJudgeSettings): object {
  return effort ? { temperature: 0, reasoning_effort: effort } : { temperature: 0 };
}

function planOf(settings: OpenAiJudgeSettings): Plan {
  return {
    plan: settings.plan ?? "block",
    inputTokens: settings.inputTokens ?? INPUT_TOKENS,
    embeddingModel: settings.embeddingModel,
    drawHex: settings.randomHex ?? drawHex,
  };
}

/** Without an embedding model the similarity is the offline judge's, and says so. */
async function similarityOf(
  settings: OpenAiJudgeSettings,
  sample: CutSample,
  needs: Needs,
  filled: Pick<JudgedTable, "similarity">,
  pause: Pause | undefined,
): Promise<Pick<JudgedTable, "similarity" | "similarityMethod">> {
  if (!needs.similarity || !sample.reference) return { similarity: null, similarityMethod: null };
  if (settings.embeddingModel !== null) {
    return { similarity: filled.similarity, similarityMethod: "embedding" };
  }
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
