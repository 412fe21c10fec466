import { isRecord, parseJson } from "../../intake/parse-json.ts";
import { said } from "../../words/said.ts";
import type { Kind, Reading } from "../observation.ts";
import {
  cutWarning,
  indexed,
  numberAt,
  openAttribute,
  pickContexts,
  pickText,
  sumOf,
  textAt,
} from "../read-value.ts";
import type { Attributes, Span } from "../span.ts";

/** What only Dify writes into `metadata`. */
const OWN_METADATA = [
  "workflow_run_id",
  "node_execution_id",
  "message_id",
  "dataset_id",
  "node_type",
];
const ROOTS = /^(?:(?:chatflow|workflow)(?:_.*)?|message)$/s;
const RETRIEVERS = /^(?:knowledge[-_]retrieval|dataset[-_]retrieval)(?:_.*)?$/s;

/**
 * Dify's own exports: that of 1.20, one request a span; its rewrite, which sends a whole run with attributes of its own;
 * and what older versions send to a Phoenix. null: not of Dify; `nothing`: a node that tells nothing of the answer.
 */
export function readDify(span: Span): Reading | "nothing" | null {
  const { attributes } = span;
  const metadata = readMetadata(attributes);
  const isDify =
    attributes.has("dify.span.id") ||
    attributes.has("dify.span.type") ||
    OWN_METADATA.some((name) => metadata.has(name));
  if (!isDify) return null;
  const kind = kindOf(span, metadata);
  if (kind === null) return "nothing";
  const input = openAttribute(attributes, ["dify.inputs", "input.value"]);
  const output = openAttribute(attributes, ["dify.outputs", "output.value"]);
  const isIncomplete = attributes.get("dify.trace.complete") === false;
  const found = kind === "retriever" ? pickContexts(output.value) : null;
  return {
    kind,
    ...questionOf(input.value, attributes, kind),
    answer: kind === "retriever" ? null : pickText(output.value, "assistant"),
    ...(found && { contexts: found.contexts }),
    isAwaitingRetrieval: kind === "chain" && isMessage(span, metadata),
    stableId: textAt(attributes, "dify.span.id"),
    session: textAt(attributes, "session.id", "dify.session.id", "dify.conversation.id"),
    user: userOf(input.value, attributes, metadata),
    model: modelOf(attributes, metadata),
    tokens: tokensOf(attributes, metadata),
    warnings: [
      ...cutWarning(input, output),
      ...(isIncomplete ? [said("trace_cut")] : []),
      ...(found?.warnings ?? []),
    ],
  };
}

function readMetadata(attributes: Attributes): Attributes {
  const sent = attributes.get("metadata");
  const metadata = typeof sent === "string" ? parseJson(sent) : sent;
  return new Map(isRecord(metadata) ? Object.entries(metadata) : []);
}

function kindOf({ name, parentId, attributes }: Span, metadata: Attributes): Kind | null {
  const type = textAt(metadata, "node_type") ?? textAt(attributes, "dify.span.type") ?? "";
  const spanKind = textAt(attributes, "openinference.span.kind");
  if (RETRIEVERS.test(type) || RETRIEVERS.test(name) || spanKind === "RETRIEVER") {
    return "retriever";
  }
  if (type === "llm" || (spanKind === "LLM" && type === "")) return "llm";
  if (spanKind === "TOOL") return null;
  const isRoot = (type === "" && ROOTS.test(name)) || ROOTS.test(type) || parentId === null;
  return isRoot ? "chain" : null;
}

/** Chat apps put together what was asked and what stands around it, and send their retrieval afterwards. */
function isMessage({ name }: Span, metadata: Attributes): boolean {
  return name === "message" || (metadata.has("message_id") && metadata.has("ls_provider"));
}

function questionOf(
  input: unknown,
  attributes: Attributes,
  kind: Kind,
): Pick<Reading, "question" | "isPrompt"> {
  if (kind === "llm") {
    const messages = indexed(attributes, "llm.input_messages").map(({ fields }) => ({
      role: fields.get("message.role"),
      content: fields.get("message.content"),
    }));
    const prompts = isRecord(input) && Array.isArray(input.prompts) ? input.prompts : input;
    return { question: pickText(messages[0] ? messages : prompts, "user"), isPrompt: true };
  }
  if (Array.isArray(input)) return { question: pickText(input, "user"), isPrompt: true };
  if (!isRecord(input)) return { question: pickText(input, "user") };
  const query = pickText(input["sys.query"], "user");
  const own = Object.entries(input).filter(([name]) => !name.startsWith("sys."));
  return { question: query ?? pickText(Object.fromEntries(own), "user") };
}

/** The caller's own name for the user; of chat apps Dify's id of it. */
function userOf(input: unknown, attributes: Attributes, metadata: Attributes): string | null {
  const named = isRecord(input) ? input["sys.user_id"] : null;
  if (typeof named === "string" && named !== "") return named;
  const id = textAt(metadata, "from_end_user_id", "from_account_id");
  return textAt(attributes, "dify.user.id") ?? id;
}

function modelOf(attributes: Attributes, metadata: Attributes): string | null {
  return (
    textAt(attributes, "gen_ai.request.model", "llm.model_name") ??
    textAt(metadata, "model_name", "ls_model_name")
  );
}

function tokensOf(attributes: Attributes, metadata: Attributes): number | null {
  const usage = attributes.get("dify.usage");
  return (
    numberAt(attributes, "gen_ai.usage.total_tokens", "llm.token_count.total") ??
    numberAt(metadata, "total_tokens") ??
    (isRecord(usage) ? numberAt(new Map(Object.entries(usage)), "total_tokens") : null) ??
    sumOf(
      numberAt(attributes, "gen_ai.usage.input_tokens"),
      numberAt(attributes, "gen_ai.usage.output_tokens"),
    )
  );
}
