import { isMissing } from "./missing-value.ts";
import { isRecord } from "./parse-json.ts";
import { readString } from "./python-string.ts";

/** Where retrievers, search engines and crawlers keep the text they found, in this order. */
const OWN_KEYS = ["page_content", "pageContent", "content", "text", "raw_content", "markdown"];
/** What a hit shows of its page, where there is nothing longer. A tool's own `answer` is in no list: it is no evidence. */
const SHORT_KEYS = ["snippet", "body", "description", "summary", "page", "chunk", "document"];
/**
 * Where an item wraps its text. `segment`: Dify's retrieve API; `node`: LlamaIndex; `payload`: Qdrant; `_source`:
 * Elasticsearch; `metadata`: Pinecone; `entity`: Milvus.
 */
const NESTED_KEYS = ["segment", "node", "chunk", "document", "payload", "_source", "entity"];
/** Keys of Dify's knowledge retrieval, where a summary stands before the content in what the model saw. */
const DIFY_KEYS = ["metadata", "segment_id", "dataset_id", "document_id", "files"];

/** The text of one retrieved item as the LLM saw it (of Dify: summary, line break, content), or null when it has none. */
export function contextText(item: unknown): string | null {
  if (typeof item === "string") return printedText(item) ?? item;
  if (typeof item === "number" || typeof item === "boolean") return String(item);
  if (!isRecord(item)) return null;
  const content = fullText(item) ?? textAt(item, SHORT_KEYS);
  const { summary } = item;
  if (content === null || content === summary) return content;
  const isBeforeContent =
    typeof summary === "string" && !isMissing(summary) && DIFY_KEYS.some((key) => key in item);
  return isBeforeContent ? `${summary}\n${content}` : content;
}

/** The text of an item itself, not what only shows something of it. */
export function fullText(item: Record<string, unknown>): string | null {
  const own = textAt(item, OWN_KEYS);
  if (own !== null) return own;
  for (const key of NESTED_KEYS) {
    const inner = Object.hasOwn(item, key) ? item[key] : null;
    const text = isRecord(inner) ? textAt(inner, [...OWN_KEYS, ...SHORT_KEYS]) : null;
    if (text !== null) return text;
  }
  return isRecord(item.metadata) ? textAt(item.metadata, OWN_KEYS) : null;
}

const PRINTED = /^\s{0,9}page_content=(?=['"])/;
/** What else Python's printers say of a document, each once at most. */
const REST_OF_PRINTED = /^(?:\s+(?:vector|metadata|provider|children|id|type)=|\s*$)/;

/** The text of a document that Python has printed: `page_content='…' vector=None metadata={…}`. null: it is none. */
function printedText(text: string): string | null {
  const [start] = PRINTED.exec(text) ?? [];
  if (start === undefined) return null;
  const read = readString(text, start.length);
  return read !== null && REST_OF_PRINTED.test(text.slice(read.end, read.end + 20))
    ? read.value
    : null;
}

function textAt(item: Record<string, unknown>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = Object.hasOwn(item, key) ? item[key] : null;
    if (typeof value === "string" && !isMissing(value)) return value;
  }
  return null;
}

/** Has the shape of Dify's knowledge retrieval, so that it is no chunk that happens to be JSON. */
export function isDifyItem(item: unknown): boolean {
  return isRecord(item) && typeof item.content === "string" && isRecord(item.metadata);
}
