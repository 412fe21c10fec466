import { TRACE_PATH_STEP, type TraceRule } from "../../contract/trace.ts";
import { isRecord, parseJson } from "../../intake/parse-json.ts";
import type { Reading } from "../observation.ts";
import { pickContexts, pickText } from "../read-value.ts";
import type { Span } from "../span.ts";

/** What a project's own rule finds in a span; null: nothing. */
export function readByRule(span: Span, rule: TraceRule): Reading | null {
  const root = {
    name: span.name,
    scope: span.scope,
    attributes: Object.fromEntries(span.attributes),
    resource: Object.fromEntries(span.resource),
  };
  const at = (path: string | null) => (path === null ? [] : valuesAt(root, path));
  const question = firstText(at(rule.question), "user");
  const answer = firstText(at(rule.answer), "assistant");
  const found = at(rule.contexts);
  if (question === null && answer === null && found.length === 0) return null;
  const { contexts, warnings } =
    found.length === 0
      ? { contexts: null, warnings: [] }
      : pickContexts(found.length === 1 ? found[0] : found);
  const kind = contexts === null ? "chain" : "retriever";
  return { kind, question, answer, contexts, isWholeRun: true, warnings };
}

function firstText(values: readonly unknown[], speaker: "user" | "assistant"): string | null {
  for (const value of values) {
    const text = pickText(value, speaker);
    if (text !== null) return text;
  }
  return null;
}

function valuesAt(root: unknown, path: string): unknown[] {
  let values = [root];
  for (const [, plain, single, double, index, all] of path.matchAll(TRACE_PATH_STEP)) {
    const name = plain ?? single ?? double ?? index;
    values = values.flatMap((holder) => {
      const value = typeof holder === "string" ? parseJson(holder) : holder;
      if (all !== undefined) {
        return Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
      }
      if (Array.isArray(value)) return value[Number(name)] ?? [];
      return isRecord(value) && name !== undefined && Object.hasOwn(value, name)
        ? [value[name]]
        : [];
    });
  }
  return values;
}
