import { isRecord } from "../../intake/parse-json.ts";
import type { Kind, Reading } from "../observation.ts";
import {
  cutWarning,
  numberAt,
  openAttribute,
  pickContexts,
  pickText,
  sumOf,
  textAt,
} from "../read-value.ts";
import type { Attributes, Span } from "../span.ts";

const KINDS: ReadonlyMap<unknown, Kind> = new Map([
  ["chat", "llm"],
  ["text_completion", "llm"],
  ["generate_content", "llm"],
  ["retrieval", "retriever"],
  ["invoke_agent", "chain"],
  ["invoke_workflow", "chain"],
]);

/** OpenTelemetry's conventions for generative AI, as they are now and as they were before 1.37. */
export function readGenAi({ attributes, events }: Span): Reading | "nothing" | null {
  const operation = attributes.get("gen_ai.operation.name");
  if (typeof operation !== "string") return null;
  const kind = KINDS.get(operation);
  if (kind === undefined) return "nothing";
  const common = {
    kind,
    session: textAt(attributes, "gen_ai.conversation.id", "session.id"),
    user: textAt(attributes, "user.id", "gen_ai.user"),
    model: textAt(attributes, "gen_ai.response.model", "gen_ai.request.model"),
    tokens: sumOf(
      numberAt(attributes, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
      numberAt(attributes, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
    ),
  };
  if (kind === "retriever") {
    const found = openAttribute(attributes, ["gen_ai.retrieval.documents"]);
    const { contexts, warnings } = pickContexts(found.value);
    const question = textAt(attributes, "gen_ai.retrieval.query.text");
    return { ...common, question, contexts, warnings: [...warnings, ...cutWarning(found)] };
  }
  // Of an agent the messages may stand in an event of its span.
  const places = [attributes, ...events.map((event) => event.attributes)];
  const asked = openFirst(places, "gen_ai.input.messages");
  const answered = openFirst(places, "gen_ai.output.messages");
  return {
    ...common,
    question: pickText(plainMessages(asked.value), "user") ?? eventText(events, "user"),
    answer: outputText(answered.value) ?? eventText(events, "assistant"),
    isPrompt: kind === "llm",
    warnings: cutWarning(asked, answered),
  };
}

function openFirst(places: readonly Attributes[], name: string) {
  const place = places.find((attributes) => attributes.has(name)) ?? new Map();
  return openAttribute(place, [name], true);
}

/** `{role, parts: [{type: "text", content}]}` as everybody else writes it. */
function plainMessages(value: unknown): { role: unknown; content: string }[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map(({ role, parts, content }) => ({
    role,
    content: Array.isArray(parts) ? parts.map(partText).join("") : String(content ?? ""),
  }));
}

function partText(part: unknown): string {
  if (!isRecord(part) || part.type !== "text") return "";
  return typeof part.content === "string" ? part.content : "";
}

function outputText(value: unknown): string | null {
  const messages = plainMessages(value).filter(({ content }) => content !== "");
  return messages[0]?.content ?? null;
}

/** Before 1.37 what was said stood in events: `gen_ai.user.message`, `gen_ai.choice`. */
function eventText(events: Span["events"], speaker: "user" | "assistant"): string | null {
  const names =
    speaker === "user" ? ["gen_ai.user.message"] : ["gen_ai.choice", "gen_ai.assistant.message"];
  const event = events.findLast(({ name }) => names.includes(name));
  if (event === undefined) return null;
  return pickText(openAttribute(event.attributes, ["content", "message"]).value, speaker);
}
