import { digestHex } from "../../sha256.ts";

/** The part of OTLP that is sent, as its JSON encoding wants it: ids in hex, 64-bit numbers as text. */

type Attributes = Readonly<Record<string, string | number | null | undefined>>;

export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  kind: "internal" | "client";
  startMs: number;
  endMs: number;
  attributes: Attributes;
  /** null: it went well. */
  error: string | null;
}

export interface LogEvent {
  traceId: string;
  spanId: string;
  name: string;
  atMs: number;
  severity: "info" | "warn";
  attributes: Attributes;
}

interface Source {
  serviceName: string;
  version: string;
}

const KINDS = { internal: 1, client: 3 } as const;
const SEVERITIES = { info: 9, warn: 13 } as const;
const STATUS_ERROR = 2;

export function encodeSpans(source: Source, spans: readonly Span[]): string {
  const { resource, scope } = describe(source);
  return JSON.stringify({
    resourceSpans: [
      {
        resource,
        scopeSpans: [
          {
            scope,
            spans: spans.map((span) => ({
              traceId: span.traceId,
              spanId: span.spanId,
              ...(span.parentSpanId ? { parentSpanId: span.parentSpanId } : {}),
              name: span.name,
              kind: KINDS[span.kind],
              startTimeUnixNano: nanoseconds(span.startMs),
              endTimeUnixNano: nanoseconds(span.endMs),
              attributes: encodeAttributes(span.attributes),
              ...(span.error === null
                ? {}
                : { status: { code: STATUS_ERROR, message: span.error } }),
            })),
          },
        ],
      },
    ],
  });
}

export function encodeEvents(source: Source, events: readonly LogEvent[]): string {
  const { resource, scope } = describe(source);
  return JSON.stringify({
    resourceLogs: [
      {
        resource,
        scopeLogs: [
          {
            scope,
            logRecords: events.map((event) => ({
              timeUnixNano: nanoseconds(event.atMs),
              observedTimeUnixNano: nanoseconds(event.atMs),
              severityNumber: SEVERITIES[event.severity],
              severityText: event.severity.toUpperCase(),
              eventName: event.name,
              traceId: event.traceId,
              spanId: event.spanId,
              // Receivers from before `eventName` find the name here.
              attributes: encodeAttributes({ "event.name": event.name, ...event.attributes }),
            })),
          },
        ],
      },
    ],
  });
}

function describe({ serviceName, version }: Source) {
  return {
    resource: {
      attributes: encodeAttributes({ "service.name": serviceName, "service.version": version }),
    },
    scope: { name: "touchstone", version },
  };
}

type AnyValue = { stringValue: string } | { intValue: string } | { doubleValue: number };

function encodeAttributes(attributes: Attributes): { key: string; value: AnyValue }[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: encodeValue(key, value) }],
  );
}

/** Scores are doubles even where they are whole, or a backend would keep two columns of one attribute. */
function encodeValue(key: string, value: string | number): AnyValue {
  if (typeof value === "string") return { stringValue: value };
  const isCount = /_tokens$|\.port$/.test(key);
  return isCount ? { intValue: String(value) } : { doubleValue: value };
}

function nanoseconds(ms: number): string {
  return `${Math.round(ms)}000000`;
}

/** Providers by the end of their host name, as the conventions for generative AI call them. */
const PROVIDERS: readonly (readonly [string, string])[] = [
  ["api.openai.com", "openai"],
  ["openai.azure.com", "azure.ai.openai"],
  ["anthropic.com", "anthropic"],
  ["deepseek.com", "deepseek"],
  ["groq.com", "groq"],
  ["mistral.ai", "mistral_ai"],
  ["moonshot.cn", "moonshot_ai"],
  ["moonshot.ai", "moonshot_ai"],
  ["perplexity.ai", "perplexity"],
  ["x.ai", "x_ai"],
  ["generativelanguage.googleapis.com", "gcp.gemini"],
];

/** A host that stands for no known provider is named itself. */
export function providerOf(host: string): string {
  const known = PROVIDERS.find(([end]) => host === end || host.endsWith(`.${end}`));
  return known?.[1] ?? host;
}

/** Where the spans and events of a job belong. */
export interface TraceContext {
  /** 32 hex digits. */
  traceId: string;
  /** The caller's span; null: nobody named one, so the job begins a trace of its own. */
  parentSpanId: string | null;
  /** The caller does not keep this trace; then no spans are sent, as samplers downstream do. */
  isSampled: boolean;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/;

/** The caller's trace (W3C Trace Context), or one that follows from the job's id, so that all its attempts share it. */
export async function readTraceContext(
  traceparent: string | null,
  jobId: string,
): Promise<TraceContext> {
  const [, version, traceId, parentSpanId, flags] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  const isValid = version !== "ff" && /[^0]/.test(traceId ?? "") && /[^0]/.test(parentSpanId ?? "");
  if (traceId === undefined || parentSpanId === undefined || !isValid) {
    return { traceId: await hexOf(jobId, 32), parentSpanId: null, isSampled: true };
  }
  const isSampled = (Number.parseInt(flags ?? "00", 16) & 1) === 1;
  return { traceId, parentSpanId, isSampled };
}

/** 16 hex digits that follow from what the span is about: sent twice, it is the same span. */
export function spanIdOf(...parts: readonly (string | number)[]): Promise<string> {
  return hexOf(JSON.stringify(parts), 16);
}

async function hexOf(text: string, digits: number): Promise<string> {
  return (await digestHex(text)).slice(0, digits);
}
