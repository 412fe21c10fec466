import type { TraceRule, TraceSource } from "../contract/trace.ts";
import { readDify } from "./dialects/dify.ts";
import { readGenAi } from "./dialects/gen-ai.ts";
import { readLangfuse } from "./dialects/langfuse.ts";
import { readOpenInference } from "./dialects/openinference.ts";
import { readByRule } from "./dialects/project-rule.ts";
import { readTraceloop } from "./dialects/traceloop.ts";
import type { Observation, Reading } from "./observation.ts";
import { textAt } from "./read-value.ts";
import type { Span } from "./span.ts";

/** Every dialect; the first that knows a span reads it. */
const DIALECTS: readonly [TraceSource, (span: Span) => Reading | "nothing" | null][] = [
  ["dify", readDify],
  ["openinference", readOpenInference],
  ["langfuse", readLangfuse],
  ["gen_ai", readGenAi],
  ["traceloop", readTraceloop],
];

/** Our own spans, when a collector sends back what we gave it: judge calls look like any chat. */
const OWN_SCOPE = "touchstone";
/** What Dify sends to see whether somebody listens. */
const TEST_SPAN = "api_check";

/**
 * What is kept of a span. `test`: the sender tries its settings. `own`: we have sent it ourselves. `foreign`: no dialect
 * knows it. `nothing`: it is known, and tells nothing of what was asked, found or answered.
 */
export function readSpan(
  span: Span,
  rule: TraceRule | null,
): Observation | "test" | "own" | "foreign" | "nothing" {
  if (span.name === TEST_SPAN && span.attributes.get("test") !== undefined) return "test";
  if (span.scope === OWN_SCOPE) return "own";
  const ruled = rule === null ? null : readByRule(span, rule);
  if (ruled !== null) return observe(span, "rule", ruled);
  for (const [dialect, read] of DIALECTS) {
    const reading = read(span);
    if (reading === null) continue;
    return reading === "nothing" ? "nothing" : observe(span, dialect, reading);
  }
  return "foreign";
}

function observe(span: Span, dialect: TraceSource, reading: Reading): Observation {
  const { spanId, parentId, name, startMs, endMs, hasFailed } = span;
  const known = { spanId, parentId, name: name.slice(0, 200), startMs, endMs, hasFailed };
  return { ...known, dialect, app: appOf(span), ...reading };
}

/** Dify advises one service name an app; what an SDK calls itself when nobody named it is no name. */
function appOf({ resource }: Span): string | null {
  const name = textAt(resource, "service.name", "openinference.project.name");
  return name === null || name.startsWith("unknown_service") ? null : name.slice(0, 200);
}

/** A root that no dialect reads, such as the request of a web server: it tells only that there is nothing above. */
export function asRoot(span: Span): Observation {
  return observe(span, "openinference", { kind: "other" });
}
