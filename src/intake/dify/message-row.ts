import * as z from "zod";
import { isMissing } from "../missing-value.ts";
import { isRecord, parseJson } from "../parse-json.ts";

export const Message = z.object({
  id: z.string(),
  query: z.string().nullish(),
  answer: z.string().nullish(),
  created_at: z.number(),
  /** `error`: the app broke before it had answered. */
  status: z.string().nullish(),
  feedback: z.object({ rating: z.string().nullish() }).nullish(),
  retriever_resources: z.array(z.unknown()).nullish(),
  agent_thoughts: z
    .array(z.object({ tool: z.string().nullish(), observation: z.unknown() }))
    .nullish(),
});
export type Message = z.infer<typeof Message>;

/** A message as fields for `readScoreRequest`; shapes of what was retrieved are intake's business. */
export interface MessageRow {
  id: string;
  session_id: string;
  question: string;
  answer: string;
  /** null: not known. Dify gives an empty list when nothing was found and also when citations are switched off. */
  contexts: unknown[] | null;
  ground_truth: string | null;
  feedback: "like" | "dislike" | null;
  tags: Record<string, string>;
}

export function toMessageRow(
  message: Message,
  conversationId: string,
  reference: string | null,
): MessageRow {
  const contexts = contextsOf(message);
  const rating = message.feedback?.rating;
  return {
    id: message.id,
    session_id: conversationId,
    question: message.query ?? "",
    answer: message.answer ?? "",
    contexts: contexts.length > 0 ? contexts : null,
    ground_truth: reference,
    feedback: rating === "like" || rating === "dislike" ? rating : null,
    tags: { source: "dify" },
  };
}

/** What the model was shown: chunks of knowledge, then what an agent's other tools brought. */
function contextsOf({ retriever_resources, agent_thoughts }: Message): unknown[] {
  const retrieved = retriever_resources ?? [];
  const chunks = retrieved.flatMap((item) =>
    isRecord(item) && typeof item.content === "string" ? item.content : [],
  );
  const observed = (agent_thoughts ?? [])
    .filter(({ tool }) => !isMissing(tool))
    .flatMap(({ observation }) => observationsOf(observation))
    // The knowledge tool of an agent repeats the chunks as one text.
    .filter((text) => !chunks.some((chunk) => typeof text === "string" && text.includes(chunk)));
  return [...retrieved, ...observed];
}

/** Dify keeps an observation as JSON text: what each tool of the step answered, by its name. */
function observationsOf(observation: unknown): unknown[] {
  if (isMissing(observation)) return [];
  const parsed = typeof observation === "string" ? parseJson(observation) : observation;
  const answers = isRecord(parsed) ? Object.values(parsed) : [parsed ?? observation];
  return answers.filter((answer) => !isMissing(answer));
}
