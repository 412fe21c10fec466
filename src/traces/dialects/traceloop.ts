import { isRecord } from "../../intake/parse-json.ts";
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

/** OpenLLMetry: wrappers with `traceloop.entity.*`, models with numbered prompts, vector databases with events. */
export function readTraceloop(span: Span): Reading | "nothing" | null {
  const { attributes, events } = span;
  const spanKind = attributes.get("traceloop.span.kind");
  const found = events.flatMap(({ name, attributes: of }) =>
    name === "db.query.result" ? (of.get("db.query.result.document") ?? []) : [],
  );
  const prompts = messagesAt(attributes, "gen_ai.prompt");
  const isModel = attributes.has("llm.request.type") || prompts.length > 0;
  if (spanKind === undefined && found.length === 0 && !isModel) return null;
  const kind = kindOf(span, spanKind, found.length > 0, isModel);
  if (kind === null) return "nothing";
  const input = openAttribute(attributes, ["traceloop.entity.input"], true);
  const output = openAttribute(attributes, ["traceloop.entity.output"], true);
  const associated = "traceloop.association.properties";
  const common = {
    kind,
    session: textAt(attributes, `${associated}.session_id`, `${associated}.conversation_id`),
    user: textAt(attributes, `${associated}.user_id`),
    model: textAt(attributes, "gen_ai.response.model", "gen_ai.request.model"),
    tokens: numberAt(attributes, "llm.usage.total_tokens", "gen_ai.usage.total_tokens"),
    warnings: cutWarning(input, output),
  };
  const asked = pickText(unwrap(input.value), "user");
  if (kind === "retriever") {
    const given = found.length > 0 ? found : unwrap(output.value);
    const { contexts, warnings } = pickContexts(given);
    return { ...common, question: asked, contexts, warnings: [...common.warnings, ...warnings] };
  }
  const completion = messagesAt(attributes, "gen_ai.completion")[0]?.content;
  return {
    ...common,
    question: isModel ? pickText(prompts, "user") : asked,
    answer: completion || pickText(unwrap(output.value), "assistant"),
    isPrompt: kind === "llm",
  };
}

function kindOf(
  { name, parentId }: Span,
  spanKind: unknown,
  hasFound: boolean,
  isModel: boolean,
): Kind | null {
  if (hasFound || (spanKind === "task" && /retriev/i.test(name))) return "retriever";
  if (isModel) return "llm";
  if (spanKind === "workflow" || spanKind === "agent" || parentId === null) return "chain";
  return null;
}

/** Of a decorated function its arguments, of a chain its inputs and outputs. */
function unwrap(value: unknown): unknown {
  if (!isRecord(value)) return value;
  for (const name of ["inputs", "outputs", "args"]) {
    const inner = value[name];
    if (Array.isArray(inner) && inner.length === 1) return inner[0];
    if (isRecord(inner) || typeof inner === "string") return inner;
  }
  const { kwargs } = value;
  return isRecord(kwargs) && Object.keys(kwargs).length > 0 ? kwargs : value;
}

function messagesAt(attributes: Attributes, list: string): { role: unknown; content: string }[] {
  return indexed(attributes, list).map(({ fields }) => {
    const content = fields.get("content");
    return { role: fields.get("role"), content: typeof content === "string" ? content : "" };
  });
}
