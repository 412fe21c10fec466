import { PbfWriter } from "pbf";

/** A span as a sender holds it; values as they are put on the wire. */
export interface SentSpan {
  traceId: string;
  spanId: string;
  parentId?: string;
  name: string;
  /** Milliseconds since 1970. */
  start: number;
  end: number;
  hasFailed?: boolean;
  attributes: Record<string, unknown>;
  events?: { name: string; attributes: Record<string, unknown> }[];
}

export interface SentBatch {
  resource: Record<string, unknown>;
  scope: string;
  spans: readonly SentSpan[];
}

/** The bytes of an `ExportTraceServiceRequest`, as the SDKs write them. */
export function encodeProtobuf(batches: readonly SentBatch[]): Uint8Array<ArrayBuffer> {
  const pbf = new PbfWriter();
  for (const batch of batches) pbf.writeMessage(1, writeResourceSpans, batch);
  return new Uint8Array(pbf.finish());
}

function writeResourceSpans({ resource, scope, spans }: SentBatch, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeAttributes(1), resource);
  pbf.writeMessage(
    2,
    (_: null, inner: PbfWriter) => {
      inner.writeMessage(1, (name: string, part: PbfWriter) => writeString(part, 1, name), scope);
      for (const span of spans) inner.writeMessage(2, writeSpan, span);
    },
    null,
  );
}

function writeSpan(span: SentSpan, pbf: PbfWriter): void {
  pbf.writeBytesField(1, bytesOf(span.traceId));
  pbf.writeBytesField(2, bytesOf(span.spanId));
  if (span.parentId !== undefined) pbf.writeBytesField(4, bytesOf(span.parentId));
  writeString(pbf, 5, span.name);
  pbf.writeVarintField(6, 1);
  pbf.writeFixed64Field(7, span.start * 1e6);
  pbf.writeFixed64Field(8, span.end * 1e6);
  writeAttributes(9)(span.attributes, pbf);
  for (const event of span.events ?? []) {
    pbf.writeMessage(
      11,
      ({ name, attributes }: { name: string; attributes: Record<string, unknown> }, inner) => {
        inner.writeFixed64Field(1, span.start * 1e6);
        writeString(inner, 2, name);
        writeAttributes(3)(attributes, inner);
      },
      event,
    );
  }
  pbf.writeMessage(
    15,
    (code: number, inner: PbfWriter) => inner.writeVarintField(3, code),
    span.hasFailed ? 2 : 1,
  );
}

function writeAttributes(tag: number) {
  return (attributes: Record<string, unknown>, pbf: PbfWriter): void => {
    for (const entry of Object.entries(attributes)) {
      pbf.writeMessage(
        tag,
        ([key, value]: [string, unknown], inner: PbfWriter) => {
          writeString(inner, 1, key);
          inner.writeMessage(2, writeValue, value);
        },
        entry,
      );
    }
  };
}

function writeValue(value: unknown, pbf: PbfWriter): void {
  if (typeof value === "string") writeString(pbf, 1, value);
  else if (typeof value === "boolean") pbf.writeBooleanField(2, value);
  else if (typeof value === "number" && Number.isInteger(value)) pbf.writeVarintField(3, value);
  else if (typeof value === "number") pbf.writeDoubleField(4, value);
  else if (Array.isArray(value)) {
    pbf.writeMessage(
      5,
      (items: readonly unknown[], inner: PbfWriter) => {
        for (const item of items) inner.writeMessage(1, writeValue, item);
      },
      value,
    );
  } else if (typeof value === "object" && value !== null) {
    pbf.writeMessage(6, writeAttributes(1), Object.fromEntries(Object.entries(value)));
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

/** The same as JSON, as the protocol wants it. */
export function encodeJson(batches: readonly SentBatch[]): string {
  return JSON.stringify({
    resourceSpans: batches.map(({ resource, scope, spans }) => ({
      resource: { attributes: jsonAttributes(resource) },
      scopeSpans: [
        {
          scope: { name: scope },
          spans: spans.map((span) => ({
            traceId: span.traceId,
            spanId: span.spanId,
            parentSpanId: span.parentId ?? "",
            name: span.name,
            kind: 1,
            startTimeUnixNano: `${span.start}000000`,
            endTimeUnixNano: `${span.end}000000`,
            attributes: jsonAttributes(span.attributes),
            events: (span.events ?? []).map(({ name, attributes }) => ({
              name,
              attributes: jsonAttributes(attributes),
            })),
            status: { code: span.hasFailed ? 2 : 1 },
          })),
        },
      ],
    })),
  });
}

function jsonAttributes(attributes: Record<string, unknown>): unknown[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: jsonValue(value) }));
}

function jsonValue(value: unknown): unknown {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(jsonValue) } };
  if (typeof value !== "object" || value === null) return {};
  return { kvlistValue: { values: jsonAttributes(Object.fromEntries(Object.entries(value))) } };
}

const UTF8 = new TextEncoder();

/** The writer of `pbf` itself mixes up characters beyond U+1FFFF. */
function writeString(pbf: PbfWriter, tag: number, text: string): void {
  pbf.writeBytesField(tag, UTF8.encode(text));
}
