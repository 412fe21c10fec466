import type OpenAI from "openai";
import { type JudgeObstacle, JudgeUnavailable } from "../../../scoring/judge.ts";
import { type Parameter, said } from "../../../words/said.ts";
import {
  BEST,
  type Capabilities,
  isolateMemory,
  startWith,
  stepDown,
  stepDownBlindly,
} from "./capabilities.ts";
import { chatBody, createClient } from "./client.ts";
import type { ChatReply, ChatRequest, EmbeddingReply, Endpoint } from "./exchange.ts";
import type { Trouble } from "./provider-errors.ts";
import { cleanWords } from "./provider-words.ts";
import { readCompletion, readVectors } from "./read-completion.ts";
import { createSlots, pause } from "./send-in-slot.ts";
import { CALL_TIMEOUT_MS, type EndpointSettings, JUDGE_SLOTS, RETRY_PAUSE_MS } from "./settings.ts";

/** A longer wait belongs to the queue, which costs nothing while waiting. */
const LONGEST_QUICK_WAIT_SECONDS = 4;

export function connect(settings: EndpointSettings): Endpoint {
  const client = createClient(settings);
  const timeoutMs = settings.timeoutMs ?? CALL_TIMEOUT_MS;
  const sendInSlot = createSlots(settings.slots ?? JUDGE_SLOTS, timeoutMs);
  const memory = settings.capabilities ?? isolateMemory;

  async function chat(request: ChatRequest, signal: AbortSignal | undefined): Promise<ChatReply> {
    const effort = settings.effort ?? null;
    const memoryKey = `${settings.baseURL} ${settings.model} ${effort}`;
    let capabilities = memory.get(memoryKey) ?? startWith(settings.baseURL, effort);
    const sentTexts = [request.system, request.user];
    for (let failures = 0; ; ) {
      const body = chatBody(settings.model, request, capabilities);
      const sent = await sendInSlot(
        (stop) => client.chat.completions.create(body, { signal: stop }),
        signal,
      );
      if (sent.kind === "cancelled") return sent;
      const read = sent.kind === "reply" ? readCompletion(sent.value) : sent;
      if (read.kind !== "trouble") {
        memory.set(memoryKey, capabilities);
        return read;
      }
      const { trouble } = read;
      if (trouble.kind === "too_long") return { kind: "too_long" };
      if (trouble.kind === "refused") {
        const words = wordsOf(settings, trouble, sentTexts);
        return { kind: "refused", tokens: { prompt: 0, completion: 0 }, words };
      }
      const next = giveUpOne(capabilities, trouble);
      if (next) {
        capabilities = next;
        continue;
      }
      failures += 1;
      await waitOrThrow(settings, trouble, { failures, sentTexts }, signal);
    }
  }

  async function embed(
    input: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<EmbeddingReply> {
    const model = settings.embeddingModel;
    const memoryKey = `${settings.baseURL} ${model} embeddings`;
    if (model === null || memory.get(memoryKey)?.embeddings === false) return { kind: "missing" };
    for (let failures = 0; ; ) {
      const body: OpenAI.EmbeddingCreateParams = {
        model,
        input: [...input],
        encoding_format: "float",
      };
      const sent = await sendInSlot(
        (stop) => client.embeddings.create(body, { signal: stop }),
        signal,
      );
      if (sent.kind === "cancelled") return sent;
      const read = sent.kind === "reply" ? readVectors(sent.value, input.length) : sent;
      if (read.kind !== "trouble") return read;
      const { trouble } = read;
      if (trouble.kind === "too_long") return { kind: "too_long" };
      if (trouble.kind === "missing" || trouble.kind === "unsupported") {
        memory.set(memoryKey, { ...BEST, embeddings: false });
        return { kind: "missing", words: wordsOf(settings, trouble, input) };
      }
      failures += 1;
      await waitOrThrow(settings, trouble, { failures, sentTexts: input }, signal);
    }
  }

  return { chat, embed };
}

function giveUpOne(capabilities: Capabilities, trouble: Trouble): Capabilities | null {
  if (trouble.kind !== "unsupported") return null;
  if (trouble.features.length === 0) return stepDownBlindly(capabilities);
  for (const feature of trouble.features) {
    const next = stepDown(capabilities, feature, trouble.complaint);
    if (next) return next;
  }
  return null;
}

function obstacleOf(trouble: Trouble): JudgeObstacle {
  if (trouble.kind === "misconfigured") return trouble.obstacle;
  return trouble.kind === "missing" ? "unknown_model" : "request_refused";
}

/** What the provider says, as a sentence to go behind ours; "" when it says nothing. */
function wordsOf(
  { apiKey }: EndpointSettings,
  trouble: Trouble,
  sent: readonly string[],
): Parameter {
  const theirs = "said" in trouble ? (trouble.said ?? "") : "";
  const words = cleanWords(theirs, { apiKey, sent });
  return words === null ? "" : said("provider_says", { words });
}

/** Waits for the one quick retry, or throws so that the queue waits instead. */
async function waitOrThrow(
  settings: EndpointSettings,
  trouble: Trouble,
  { failures, sentTexts }: { failures: number; sentTexts: readonly string[] },
  signal: AbortSignal | undefined,
): Promise<void> {
  const { model } = settings;
  if (trouble.kind === "timeout") {
    const seconds = (settings.timeoutMs ?? CALL_TIMEOUT_MS) / 1000;
    throw new JudgeUnavailable(said("judge_timeout", { model, seconds }), {
      isRetryable: true,
      trouble: "timeout",
    });
  }
  const theirs = wordsOf(settings, trouble, sentTexts);
  if (trouble.kind !== "busy") {
    const detail = "detail" in trouble ? trouble.detail : said("provider_refuses");
    throw new JudgeUnavailable(said("judge_unusable", { model, detail, theirs }), {
      isRetryable: false,
      trouble: obstacleOf(trouble),
    });
  }
  const asked = trouble.retryAfterSeconds;
  if (failures > 1 || (asked ?? 0) > LONGEST_QUICK_WAIT_SECONDS) {
    throw new JudgeUnavailable(said("judge_away", { model, detail: trouble.detail, theirs }), {
      isRetryable: true,
      retryAfterSeconds: asked,
      trouble: trouble.obstacle,
    });
  }
  const quickMs = settings.retryPauseMs ?? RETRY_PAUSE_MS;
  await pause(asked === null ? quickMs : asked * 1000, signal);
}
