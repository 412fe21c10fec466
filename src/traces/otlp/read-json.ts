import { isRecord } from "../../intake/parse-json.ts";
import {
  Allowance,
  isId,
  OTLP_LIMITS,
  OtlpError,
  type Span,
  type SpanEvent,
  type Taken,
} from "../span.ts";

/** Levels that a nested value needs of JSON, and those around it. */
const JSON_DEPTH = OTLP_LIMITS.depth * 4 + 16;

/** The JSON encoding of an `ExportTraceServiceRequest`: lowerCamelCase, ids in hex, long numbers as text. @throws OtlpError */
export function readJson(bytes: Uint8Array, take: (span: Span) => void): Taken {
  const request = parse(bytes);
  if (!isRecord(request)) throw new OtlpError("malformed");
  const allowance = new Allowance();
  const taken: Taken = { spans: 0, invalid: 0 };
  for (const part of recordsOf(request.resourceSpans)) {
    const of = isRecord(part.resource) ? part.resource.attributes : null;
    const resource = readAttributes(of, allowance, 0);
    for (const scoped of recordsOf(part.scopeSpans)) {
      const scope = isRecord(scoped.scope) ? textOf(scoped.scope.name) : "";
      for (const sent of recordsOf(scoped.spans)) {
        allowance.span();
        taken.spans++;
        const span = readSpan(sent, allowance);
        if (span === null) taken.invalid++;
        else take({ ...span, resource, scope });
      }
    }
  }
  return taken;
}

function parse(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    if (text.trim() === "") return {};
    measure(text);
    return JSON.parse(text);
  } catch (error) {
    throw error instanceof OtlpError ? error : new OtlpError("malformed", error);
  }
}

/** One pass before anything is built: how deep the text nests, and how many values it has. */
function measure(text: string): void {
  let depth = 0;
  let values = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth++;
      values++;
      if (depth > JSON_DEPTH) throw new OtlpError("too_much");
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
    else if (code === COMMA) values++;
    // An attribute is two objects, a name and a value.
    if (values > OTLP_LIMITS.values * 4) throw new OtlpError("too_much");
  }
}

const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;

function readSpan(
  sent: Record<string, unknown>,
  allowance: Allowance,
): Omit<Span, "resource" | "scope"> | null {
  const traceId = textOf(sent.traceId).toLowerCase();
  const spanId = textOf(sent.spanId).toLowerCase();
  if (!isId(traceId, 32) || !isId(spanId, 16)) return null;
  const parentId = textOf(sent.parentSpanId).toLowerCase();
  const events: SpanEvent[] = recordsOf(sent.events).map((event) => {
    allowance.value();
    return {
      name: textOf(event.name),
      attributes: readAttributes(event.attributes, allowance, 0),
    };
  });
  return {
    traceId,
    spanId,
    parentId: isId(parentId, 16) ? parentId : null,
    name: textOf(sent.name),
    startMs: millisecondsOf(sent.startTimeUnixNano),
    endMs: millisecondsOf(sent.endTimeUnixNano),
    hasFailed: isRecord(sent.status) && isError(sent.status.code),
    attributes: readAttributes(sent.attributes, allowance, 0),
    events,
  };
}

/** Enums are numbers; some senders write their names all the same. */
function isError(code: unknown): boolean {
  return code === 2 || code === "2" || code === "STATUS_CODE_ERROR";
}

function readAttributes(sent: unknown, allowance: Allowance, depth: number): Map<string, unknown> {
  const attributes = new Map<string, unknown>();
  for (const { key, value } of recordsOf(sent)) {
    allowance.value();
    if (typeof key === "string" && key !== "") {
      attributes.set(key, readValue(value, allowance, depth));
    }
  }
  return attributes;
}

function readValue(sent: unknown, allowance: Allowance, depth: number): unknown {
  if (depth >= OTLP_LIMITS.depth) throw new OtlpError("too_much");
  if (!isRecord(sent)) return null;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue } = sent;
  if (typeof stringValue === "string") return stringValue;
  if (typeof boolValue === "boolean") return boolValue;
  if (intValue !== undefined) return numberOf(intValue);
  if (doubleValue !== undefined) return numberOf(doubleValue);
  if (isRecord(arrayValue)) {
    return recordsOf(arrayValue.values).map((item) => {
      allowance.value();
      return readValue(item, allowance, depth + 1);
    });
  }
  if (!isRecord(kvlistValue)) return null;
  return Object.fromEntries(readAttributes(kvlistValue.values, allowance, depth + 1));
}

function numberOf(sent: unknown): number | null {
  const number = typeof sent === "string" ? Number(sent) : sent;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

function millisecondsOf(sent: unknown): number {
  return Math.max(0, (numberOf(sent) ?? 0) / 1e6);
}

function recordsOf(sent: unknown): Record<string, unknown>[] {
  return Array.isArray(sent) ? sent.filter(isRecord) : [];
}

function textOf(sent: unknown): string {
  return typeof sent === "string" ? sent : "";
}
