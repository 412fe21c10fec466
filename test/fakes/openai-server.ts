import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { answerPrompt, type Brain, type ParsedPrompt, parsePrompt } from "./openai-brain.ts";
import { type SeenCall, send } from "./openai-call.ts";
import { applyFault, type Fault } from "./openai-faults.ts";
import { createRounds } from "./rounds.ts";

export interface FakeOptions {
  port?: number;
  /** Milliseconds before a reply is sent; a function gets the call's number, from 0. */
  latencyMs?: number | ((call: number) => number);
  /** How the fake judges; default: word overlap, honest. */
  brain?: Partial<Brain>;
  fault?: Fault | null;
  embeddingWidth?: number;
}

export interface FakeOpenAi {
  /** Base URL to hand to a client, with `/v1`. */
  url: string;
  readonly calls: readonly SeenCall[];
  /** Calls in flight at the busiest moment. */
  mostAtOnce(): number;
  rounds(): number;
  /** From here to the next reset calls come in rounds of these sizes; a round is answered when all its calls are there. */
  setRounds(...sizes: number[]): void;
  /** null: well again. */
  setFault(fault: Fault | null): void;
  setBrain(brain: Partial<Brain>): void;
  setLatency(latencyMs: number): void;
  reset(): void;
  close(): Promise<void>;
}

/** A real HTTP server that speaks chat completions (three reply formats) and embeddings, and can misbehave. */
export async function startFakeOpenAi(options: FakeOptions = {}): Promise<FakeOpenAi> {
  const state = {
    fault: options.fault ?? null,
    brain: options.brain ?? {},
    latencyMs: options.latencyMs ?? 0,
  };
  let period = startPeriod();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const body = JSON.parse((await readText(request)) || "{}") as Record<string, unknown>;
    const kind = path.endsWith("/chat/completions")
      ? "chat"
      : path.endsWith("/embeddings")
        ? "embeddings"
        : null;
    if (kind === null) return send(response, 404, { error: { message: "Not found" } });
    const prompt = kind === "chat" ? parsePrompt(body) : null;
    // A call that is still open when the next test begins counts in its own.
    const during = period;
    const call = seen(kind, body, prompt, during.answeredRound + 1);
    const index = during.calls.push(call) - 1;
    during.open += 1;
    during.most = Math.max(during.most, during.open);
    const arrivedAt = performance.now();
    const isRoundThere = during.joinRound();
    const honest = prompt
      ? completion(answerPrompt(prompt, state.brain), prompt)
      : embeddings(body, options.embeddingWidth ?? 64);
    const { latencyMs } = state;
    const wait = typeof latencyMs === "function" ? latencyMs(index) : latencyMs;
    // Thinking is part of the latency, not on top of it.
    const left = wait - (performance.now() - arrivedAt);
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
    await isRoundThere;
    during.open -= 1;
    during.answeredRound = Math.max(during.answeredRound, call.round);
    const isHandled = await applyFault(state.fault, { call, index, prompt, honest, response });
    if (isHandled) return;
    call.replyCharacters = replyText(honest).length;
    send(response, 200, honest);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, { error: { message: String(error) } });
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    get calls() {
      return period.calls;
    },
    mostAtOnce: () => period.most,
    rounds: () => period.calls.reduce((rounds, call) => Math.max(rounds, call.round), 0),
    setRounds: (...sizes) => {
      period.joinRound = createRounds(sizes);
    },
    setFault: (fault) => {
      state.fault = fault;
    },
    setBrain: (brain) => {
      state.brain = brain;
    },
    setLatency: (latencyMs) => {
      state.latencyMs = latencyMs;
    },
    reset: () => {
      period = startPeriod();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What is counted between two resets. */
function startPeriod() {
  const calls: SeenCall[] = [];
  return { calls, answeredRound: 0, open: 0, most: 0, joinRound: createRounds([]) };
}

function seen(
  kind: "chat" | "embeddings",
  body: Record<string, unknown>,
  prompt: ParsedPrompt | null,
  round: number,
): SeenCall {
  const promptCharacters = prompt ? prompt.characters : JSON.stringify(body.input ?? "").length;
  return {
    kind,
    task: prompt?.task ?? "",
    round,
    promptCharacters,
    fixedCharacters: prompt ? prompt.characters - prompt.dataCharacters : 0,
    replyCharacters: 0,
    format: prompt?.format ?? "text",
    body,
    at: Date.now(),
  };
}

function completion(content: string, prompt: ParsedPrompt): Record<string, unknown> {
  return {
    id: "chatcmpl-fake",
    object: "chat.completion",
    created: 0,
    model: "fake",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
    usage: {
      prompt_tokens: Math.ceil(prompt.characters / 4),
      completion_tokens: Math.ceil(content.length / 4),
      total_tokens: Math.ceil((prompt.characters + content.length) / 4),
    },
  };
}

/** Hashed character bigrams: equal texts give 1, texts without common letters about 0. */
function embeddings(body: Record<string, unknown>, width: number): Record<string, unknown> {
  const inputs = Array.isArray(body.input) ? body.input.map(String) : [String(body.input)];
  const data = inputs.map((text, index) => {
    const embedding = new Array<number>(width).fill(0);
    for (let at = 0; at < text.length; at += 1) {
      const slot = (text.charCodeAt(at) * 31 + (text.charCodeAt(at + 1) || 0)) % width;
      embedding[slot] = (embedding[slot] ?? 0) + 1;
    }
    return { object: "embedding", index, embedding };
  });
  const tokens = Math.ceil(inputs.join("").length / 4);
  return {
    object: "list",
    data,
    model: "fake",
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

function replyText(honest: Record<string, unknown>): string {
  const choices = honest.choices as { message: { content: string } }[] | undefined;
  return choices?.[0]?.message.content ?? "";
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "0" }, latency: { type: "string", default: "0" } },
  });
  const fake = await startFakeOpenAi({
    port: Number(values.port),
    latencyMs: Number(values.latency),
  });
  console.log(JSON.stringify({ url: fake.url }));
}
