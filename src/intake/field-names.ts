/** Every field of a request with the other names it may have, canonical name first. */
export const FIELD_NAMES = {
  id: ["id"],
  format: ["format"],
  question: ["question", "query", "user_input"],
  answer: ["answer", "response", "output"],
  contexts: ["contexts", "retrieved_contexts", "context", "retriever_resources"],
  context_separator: ["context_separator"],
  ground_truth: ["ground_truth", "reference", "expected_output"],
  reference_contexts: ["reference_contexts"],
  retrieved_ids: ["retrieved_ids", "retrieved_context_ids"],
  reference_ids: ["reference_ids", "reference_context_ids"],
  metrics: ["metrics"],
  criteria: ["criteria"],
  context_precision_mode: ["context_precision_mode"],
  judge: ["judge"],
  judge_model: ["judge_model"],
  embedding_model: ["embedding_model"],
  session_id: ["session_id"],
  feedback: ["feedback"],
  name: ["name"],
  tags: ["tags"],
  language: ["language"],
  callback_url: ["callback_url"],
  compat: ["compat"],
  fallback: ["fallback"],
  consistency: ["consistency"],
} as const satisfies Record<string, readonly string[]>;

export type FieldName = keyof typeof FIELD_NAMES;

const FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries(FIELD_NAMES).flatMap(([field, names]) => names.map((name) => [name, field])),
);

/** The field that goes by this name in every body, written exactly so; null: none. */
export function fieldOf(name: string): string | null {
  return FIELDS.get(name) ?? null;
}

export function isFieldName(name: string): boolean {
  return FIELDS.has(name);
}
