import type OpenAI from "openai";
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
import { readCompletion, readVectors } from "./read-completion.ts";
import { readThrown } from "./read-thrown.ts";
import { createSlots } from "./send-in-slot.ts";
import { CALL_TIMEOUT_MS, type EndpointSettings, JUDGE_SLOTS } from "./settings.ts";
import { waitOrThrow, wordsOf } from "./wait-or-throw.ts";

/** Which settings may be wrong when nothing works. */
const SETTINGS = "OPENAI_BASE_URL, OPENAI_API_KEY, JUDGE_MODEL";

export function connect(settings: EndpointSettings): Endpoint {
  const client = createClient(settings);
  const timeoutMs = settings.timeoutMs ?? CALL_TIMEOUT_MS;
  const sendInSlot = createSlots(settings.slots ?? JUDGE_SLOTS, timeoutMs, readThrown);
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
      await waitOrThrow({ ...settings, names: SETTINGS }, trouble, { failures, sentTexts }, signal);
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
      await waitOrThrow(
        { ...settings, names: SETTINGS },
        trouble,
        { failures, sentTexts: input },
        signal,
      );
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
