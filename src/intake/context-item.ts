import { isMissing } from "./missing-value.ts";
import { isRecord } from "./parse-json.ts";

/** Where retrievers keep a chunk's text: Dify, LangChain, LlamaIndex and others, in this order. */
const TEXT_KEYS = ["content", "text", "page_content", "page", "chunk", "document"] as const;
/** `segment`: Dify's retrieve API. `node`: LlamaIndex. */
const NESTED_KEYS = ["segment", "node", "chunk", "document"] as const;

/** The text of one retrieved item as the LLM saw it (summary, line break, content), or null when it has none. */
export function contextText(item: unknown): string | null {
  if (typeof item === "string") return item;
  if (typeof item === "number" || typeof item === "boolean") return String(item);
  if (!isRecord(item)) return null;
  const content = ownContent(item) ?? nestedContent(item);
  const { summary } = item;
  if (typeof summary !== "string" || isMissing(summary)) return content;
  return content === null ? summary : `${summary}\n${content}`;
}

function ownContent(item: Record<string, unknown>): string | null {
  for (const key of TEXT_KEYS) {
    const value = Object.hasOwn(item, key) ? item[key] : null;
    if (typeof value === "string" && !isMissing(value)) return value;
  }
  return null;
}

function nestedContent(item: Record<string, unknown>): string | null {
  for (const key of NESTED_KEYS) {
    const value = Object.hasOwn(item, key) ? item[key] : null;
    const content = isRecord(value) ? ownContent(value) : null;
    if (content !== null) return content;
  }
  return null;
}

/** Has the shape of Dify's knowledge retrieval, so that it is no chunk that happens to be JSON. */
export function isDifyItem(item: unknown): boolean {
  return isRecord(item) && typeof item.content === "string" && isRecord(item.metadata);
}
