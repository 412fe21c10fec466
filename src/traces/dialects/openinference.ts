import type { Kind, Reading } from "../observation.ts";
import {
  cutWarning,
  indexed,
  numberAt,
  openAttribute,
  pickContexts,
  pickText,
  textAt,
} from "../read-value.ts";
import type { Attributes, Span } from "../span.ts";

const KINDS: ReadonlyMap<unknown, Kind> = new Map([
  ["CHAIN", "chain"],
  ["AGENT", "chain"],
  ["LLM", "llm"],
  ["RETRIEVER", "retriever"],
  ["RERANKER", "reranker"],
]);

/** OpenInference: instrumentations of LangChain, LlamaIndex, Haystack and others, and whoever sends to a Phoenix. */
export function readOpenInference({ attributes }: Span): Reading | "nothing" | null {
  const spanKind = attributes.get("openinference.span.kind");
  if (typeof spanKind !== "string") return null;
  const kind = KINDS.get(spanKind.toUpperCase());
  if (kind === undefined) return "nothing";
  const input = openAttribute(attributes, ["input.value"]);
  const output = openAttribute(attributes, ["output.value"]);
  const common = {
    kind,
    session: textAt(attributes, "session.id"),
    user: textAt(attributes, "user.id"),
    model: textAt(
      attributes,
      "llm.response.model_name",
      "llm.model_name",
      "llm.request.model_name",
    ),
    tokens: numberAt(attributes, "llm.token_count.total"),
  };
  if (kind === "retriever" || kind === "reranker") {
    const list = kind === "reranker" ? "reranker.output_documents" : "retrieval.documents";
    const documents = documentsAt(attributes, list);
    const { contexts, warnings } = pickContexts(documents ?? output.value);
    const query = textAt(attributes, "reranker.query") ?? pickText(input.value, "user");
    return { ...common, question: query, contexts, warnings: [...warnings, ...cutWarning(output)] };
  }
  const asked = messagesAt(attributes, "llm.input_messages");
  const said = messagesAt(attributes, "llm.output_messages");
  return {
    ...common,
    question: pickText(asked ?? input.value, "user"),
    answer: lastText(said) ?? pickText(output.value, "assistant"),
    isPrompt: kind === "llm",
    warnings: cutWarning(input, output),
  };
}

/** Flattened with an index that tells the rank; gaps and any order are allowed. */
function documentsAt(attributes: Attributes, list: string): unknown[] | null {
  const documents = indexed(attributes, list).flatMap(({ fields }) => {
    const content = fields.get("document.content");
    return content === undefined ? [] : [content];
  });
  return documents.length > 0 ? documents : null;
}

function messagesAt(
  attributes: Attributes,
  list: string,
): { role: unknown; content: string }[] | null {
  const messages = indexed(attributes, list).map(({ fields }) => {
    const content = fields.get("message.content");
    const parts = indexed(fields, "message.contents").flatMap(
      ({ fields: part }) => part.get("message_content.text") ?? [],
    );
    return {
      role: fields.get("message.role"),
      content: typeof content === "string" ? content : parts.join(""),
    };
  });
  return messages.length > 0 ? messages : null;
}

function lastText(messages: readonly { content: string }[] | null): string | null {
  return messages?.findLast(({ content }) => content !== "")?.content ?? null;
}
