import { isRecord } from "../../intake/parse-json.ts";
import type { Kind, Reading } from "../observation.ts";
import {
  cutWarning,
  numberAt,
  openAttribute,
  pickContexts,
  pickText,
  textAt,
} from "../read-value.ts";
import type { Span } from "../span.ts";

const KINDS: ReadonlyMap<unknown, Kind> = new Map([
  ["span", "chain"],
  ["chain", "chain"],
  ["agent", "chain"],
  ["generation", "llm"],
  ["retriever", "retriever"],
]);

/** The SDKs of Langfuse. What they say of the trace may stand at any of its spans. */
export function readLangfuse({ attributes, parentId }: Span): Reading | "nothing" | null {
  const type = attributes.get("langfuse.observation.type");
  const ofTrace = ["langfuse.trace.input", "langfuse.trace.output"];
  const isWholeRun = ofTrace.some((name) => attributes.has(name));
  if (type === undefined && !isWholeRun) return null;
  const kind = KINDS.get(type ?? "span");
  if (kind === undefined && !isWholeRun && parentId !== null) return "nothing";
  const output = openAttribute(attributes, ["langfuse.observation.output"]);
  const common = {
    kind: kind ?? "other",
    session: textAt(attributes, "session.id", "langfuse.session.id"),
    user: textAt(attributes, "user.id", "langfuse.user.id"),
    model: textAt(attributes, "langfuse.observation.model.name"),
    tokens: tokensOf(openAttribute(attributes, ["langfuse.observation.usage_details"]).value),
  };
  const asked = openAttribute(attributes, ["langfuse.trace.input", "langfuse.observation.input"]);
  const said = openAttribute(attributes, ["langfuse.trace.output", "langfuse.observation.output"]);
  const found = kind === "retriever" ? pickContexts(output.value) : null;
  return {
    ...common,
    question: pickText(asked.value, "user"),
    // What a retriever gives is no answer.
    answer: found && !isWholeRun ? null : pickText(said.value, "assistant"),
    ...(found && { contexts: found.contexts }),
    isWholeRun,
    isPrompt: kind === "llm" && !isWholeRun,
    warnings: [...cutWarning(asked, said), ...(found?.warnings ?? [])],
  };
}

function tokensOf(usage: unknown): number | null {
  if (!isRecord(usage)) return null;
  const counts = new Map(Object.entries(usage));
  const total = numberAt(counts, "total");
  if (total !== null) return total;
  const sum = [...counts.values()].reduce<number>(
    (all, one) => all + (typeof one === "number" ? one : 0),
    0,
  );
  return sum > 0 ? sum : null;
}
