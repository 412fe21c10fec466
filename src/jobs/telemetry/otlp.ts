/** The part of OTLP that is sent, as its JSON encoding wants it: ids in hex, 64-bit numbers as text. */

export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

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
