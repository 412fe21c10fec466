import * as z from "zod";
import type { ChatReply, EmbeddingReply, Tokens } from "./exchange.ts";
import { readTroubleInside, type Trouble } from "./provider-errors.ts";

/** A count that was not told, or makes no sense, is unknown. */
const Count = z.number().nonnegative().nullish().catch(null);
const Usage = z
  .object({
    prompt_tokens: Count,
    completion_tokens: Count,
    input_tokens: Count,
    output_tokens: Count,
    total_tokens: Count,
  })
  .nullish()
  .catch(null);
const Part = z.object({ text: z.string().catch("") });
/** Some hosts have parsed the JSON already. */
const Content = z
  .union([
    z.string(),
    z.array(Part).transform((parts) => parts.map((part) => part.text).join("")),
    z.looseObject({}).transform((parsed) => JSON.stringify(parsed)),
  ])
  .nullish()
  .catch(null);
const Called = z.object({ arguments: Content });
const Message = z.object({
  content: Content,
  refusal: z.string().nullish().catch(null),
  tool_calls: z
    .array(z.object({ function: Called }))
    .nullish()
    .catch(null),
  function_call: Called.nullish().catch(null),
  reasoning_content: Content,
  reasoning: Content,
});
const Choice = z.object({
  finish_reason: z.string().nullish().catch(null),
  message: Message,
  error: z.unknown().optional(),
});
const Completion = z.object({ choices: z.array(Choice), usage: Usage });
const Vector = z.object({ index: z.number().int(), embedding: z.array(z.number()) });
const Embeddings = z.object({ data: z.array(z.unknown()), usage: Usage });

/** What came with status 200: a reply, or what is wrong with the body. */
export type Read<T> = T | { kind: "trouble"; trouble: Trouble };

/**
 * Endpoints differ from the package's types, so a reply is read as unknown. A message without text is an empty text;
 * a body without any message is no reply but a failure of the service that came as a success.
 */
export function readCompletion(body: unknown): Read<ChatReply> {
  const completion = Completion.safeParse(open(body, "choices"));
  if (!completion.success) return inside(body);
  const { choices } = completion.data;
  const tokens = tokensOf(completion.data.usage);
  const [choice] = choices;
  if (choice?.finish_reason === "content_filter" || choice?.message.refusal) {
    return { kind: "refused", tokens };
  }
  const isTruncated = choice?.finish_reason === "length";
  const text = choice ? textOf(choice.message, isTruncated) : "";
  if (text === "" && (choice?.finish_reason === "error" || choice?.error)) return inside(choice);
  if (text === "" && choices.length === 0 && hasError(body)) return inside(body);
  return { kind: "text", text, isTruncated, tokens };
}

/** Where the words are: the content, else the arguments of a tool, else what a thinking model put beside it. */
function textOf(message: z.infer<typeof Message>, isTruncated: boolean): string {
  const called = message.tool_calls?.map((call) => call.function) ?? [message.function_call];
  const spoken = [message.content, ...called.map((tool) => tool?.arguments)];
  // Thoughts that were cut off had not come to a reply.
  const thought = isTruncated ? [] : [message.reasoning_content, message.reasoning];
  return [...spoken, ...thought].find((text) => text && text.trim() !== "") ?? "";
}

/** The object that has `field`: the body, JSON that was sent as text, or what stands under `result`. */
function open(body: unknown, field: string): unknown {
  const value = typeof body === "string" ? parse(body) : body;
  if (typeof value !== "object" || value === null) return null;
  return field in value || !("result" in value) ? value : value.result;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function hasError(body: unknown): boolean {
  return typeof body === "object" && body !== null && "error" in body && Boolean(body.error);
}

function inside(body: unknown): { kind: "trouble"; trouble: Trouble } {
  const value = typeof body === "string" ? (parse(body) ?? body) : body;
  return { kind: "trouble", trouble: readTroubleInside(value) };
}

function tokensOf(usage: z.infer<typeof Usage>): Tokens {
  const prompt = usage?.prompt_tokens ?? usage?.input_tokens ?? null;
  const told = usage?.completion_tokens ?? usage?.output_tokens ?? null;
  const total = usage?.total_tokens ?? null;
  const completion =
    told ?? (total !== null && prompt !== null ? Math.max(0, total - prompt) : null);
  return { prompt, completion };
}

/** Every input must have its vector, once, all of one width: anything else would compare what cannot be compared. */
export function readVectors(body: unknown, count: number): Read<EmbeddingReply> {
  const parsed = Embeddings.safeParse(open(body, "data"));
  if (!parsed.success) return inside(body);
  const { data, usage } = parsed.data;
  // Embeddings have no completion to tell of.
  const tokens = { prompt: tokensOf(usage).prompt, completion: 0 };
  const items = z.array(Vector).safeParse(data);
  if (!items.success) return { kind: "invalid", tokens };
  const byIndex = new Map(items.data.map((item) => [item.index, item.embedding]));
  const vectors: number[][] = [];
  for (let index = 0; index < count; index += 1) {
    const vector = byIndex.get(index);
    const width = vectors[0]?.length ?? vector?.length;
    if (!vector || vector.length === 0 || vector.length !== width)
      return { kind: "invalid", tokens };
    vectors.push(vector);
  }
  return data.length === count ? { kind: "vectors", vectors, tokens } : { kind: "invalid", tokens };
}
