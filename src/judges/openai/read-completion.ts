import * as z from "zod";
import type { ChatReply, EmbeddingReply } from "./endpoint.ts";

const Count = z.number().nonnegative().catch(0);
const Usage = z
  .object({ prompt_tokens: Count, completion_tokens: Count.optional() })
  .catch({ prompt_tokens: 0 });
const Part = z.object({ text: z.string().catch("") });
const Content = z
  .union([z.string(), z.array(Part).transform((parts) => parts.map((part) => part.text).join(""))])
  .nullish()
  .catch(null);
const Choice = z.object({
  finish_reason: z.string().nullish().catch(null),
  message: z.object({ content: Content, refusal: z.string().nullish().catch(null) }),
});
const Completion = z.object({ choices: z.array(Choice).catch([]), usage: Usage });
const Embeddings = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()) })),
  usage: Usage,
});

const NO_TOKENS = { prompt: 0, completion: 0 };

/** Endpoints differ from the package's types, so a reply is read as unknown. An empty reply is an empty text. */
export function readCompletion(reply: unknown): ChatReply {
  const completion = Completion.safeParse(reply);
  if (!completion.success) {
    return { kind: "text", text: "", isTruncated: false, tokens: NO_TOKENS };
  }
  const { usage, choices } = completion.data;
  const tokens = { prompt: usage.prompt_tokens, completion: usage.completion_tokens ?? 0 };
  const [choice] = choices;
  if (choice?.finish_reason === "content_filter" || choice?.message.refusal) {
    return { kind: "refused", tokens };
  }
  const isTruncated = choice?.finish_reason === "length";
  return { kind: "text", text: choice?.message.content ?? "", isTruncated, tokens };
}

/** Every input must have its vector, once, all of one width: anything else would compare what cannot be compared. */
export function readVectors(reply: unknown, count: number): EmbeddingReply {
  const parsed = Embeddings.safeParse(reply);
  if (!parsed.success) return { kind: "invalid", tokens: NO_TOKENS };
  const { data, usage } = parsed.data;
  const tokens = { prompt: usage.prompt_tokens, completion: 0 };
  const byIndex = new Map(data.map((item) => [item.index, item.embedding]));
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
