import { bytesToHex } from "@noble/hashes/utils.js";
import type { PbfReader } from "pbf";
import {
  Allowance,
  type Attributes,
  isId,
  OTLP_LIMITS,
  OtlpError,
  type Span,
  type SpanEvent,
  type Taken,
} from "../span.ts";

// Field numbers as in opentelemetry/proto: trace_service, trace, common and resource of version 1.

type ReadField = (tag: number, pbf: PbfReader) => void;

/** An `ExportTraceServiceRequest`, span by span. @throws OtlpError */
export async function readProtobuf(bytes: Uint8Array, take: (span: Span) => void): Promise<Taken> {
  const { PbfReader } = await import("pbf");
  const pbf = new PbfReader(bytes);
  const reading: Reading = { take, allowance: new Allowance(), taken: { spans: 0, invalid: 0 } };
  try {
    readFields(pbf, bytes.byteLength, (tag) => {
      if (tag === 1) readResourceSpans(pbf, reading);
    });
  } catch (error) {
    throw error instanceof OtlpError ? error : new OtlpError("malformed", error);
  }
  return reading.taken;
}

interface Reading {
  take: (span: Span) => void;
  allowance: Allowance;
  taken: Taken;
}

/** The fields of a message up to its end, and not a byte beyond: the reader itself would go on into the next one. */
function readFields(pbf: PbfReader, end: number, readField: ReadField): void {
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) readField(tag, pbf);
  if (pbf.pos !== end) throw new OtlpError("malformed");
}

function readMessage(pbf: PbfReader, readField: ReadField): void {
  readFields(pbf, endOfMessage(pbf), readField);
}

function endOfMessage(pbf: PbfReader): number {
  const length = pbf.readVarint();
  return pbf.pos + length;
}

/** Resource and scope may stand behind their spans, so these are read a second time round. */
function readResourceSpans(pbf: PbfReader, reading: Reading): void {
  const start = pbf.pos;
  const resource = new Map<string, unknown>();
  readMessage(pbf, (tag) => {
    if (tag !== 1) return;
    readMessage(pbf, (inner) => {
      if (inner === 1) readAttribute(pbf, resource, reading.allowance, 0);
    });
  });
  pbf.pos = start;
  readMessage(pbf, (tag) => {
    if (tag === 2) readScopeSpans(pbf, resource, reading);
  });
}

function readScopeSpans(pbf: PbfReader, resource: Attributes, reading: Reading): void {
  const start = pbf.pos;
  let scope = "";
  readMessage(pbf, (tag) => {
    if (tag !== 1) return;
    readMessage(pbf, (inner) => {
      if (inner === 1) scope = pbf.readString();
    });
  });
  pbf.pos = start;
  readMessage(pbf, (tag) => {
    if (tag === 2) readSpan(pbf, { resource, scope }, reading);
  });
}

function readSpan(
  pbf: PbfReader,
  source: Pick<Span, "resource" | "scope">,
  { take, allowance, taken }: Reading,
): void {
  allowance.span();
  taken.spans++;
  const attributes = new Map<string, unknown>();
  const events: SpanEvent[] = [];
  const span = { traceId: "", spanId: "", parentId: "", name: "", startMs: 0, endMs: 0 };
  let hasFailed = false;
  readMessage(pbf, (tag) => {
    if (tag === 1) span.traceId = hexOf(pbf.readBytes());
    else if (tag === 2) span.spanId = hexOf(pbf.readBytes());
    else if (tag === 4) span.parentId = hexOf(pbf.readBytes());
    else if (tag === 5) span.name = pbf.readString();
    else if (tag === 7) span.startMs = pbf.readFixed64() / 1e6;
    else if (tag === 8) span.endMs = pbf.readFixed64() / 1e6;
    else if (tag === 9) readAttribute(pbf, attributes, allowance, 0);
    else if (tag === 11) events.push(readEvent(pbf, allowance));
    else if (tag === 15) {
      readMessage(pbf, (inner) => {
        if (inner === 3) hasFailed = pbf.readVarint() === 2;
      });
    }
  });
  if (!isId(span.traceId, 32) || !isId(span.spanId, 16)) {
    taken.invalid++;
    return;
  }
  const parentId = isId(span.parentId, 16) ? span.parentId : null;
  take({ ...span, parentId, hasFailed, attributes, events, ...source });
}

function readEvent(pbf: PbfReader, allowance: Allowance): SpanEvent {
  allowance.value();
  const attributes = new Map<string, unknown>();
  let name = "";
  readMessage(pbf, (tag) => {
    if (tag === 2) name = pbf.readString();
    else if (tag === 3) readAttribute(pbf, attributes, allowance, 0);
  });
  return { name, attributes };
}

function readAttribute(
  pbf: PbfReader,
  into: Map<string, unknown>,
  allowance: Allowance,
  depth: number,
): void {
  allowance.value();
  let key = "";
  let value: unknown = null;
  readMessage(pbf, (tag) => {
    if (tag === 1) key = pbf.readString();
    else if (tag === 2) value = readValue(pbf, allowance, depth);
  });
  if (key !== "") into.set(key, value);
}

/** An `AnyValue`; bytes are no text and become null. */
function readValue(pbf: PbfReader, allowance: Allowance, depth: number): unknown {
  if (depth >= OTLP_LIMITS.depth) throw new OtlpError("too_much");
  let value: unknown = null;
  readMessage(pbf, (tag) => {
    if (tag === 1) value = pbf.readString();
    else if (tag === 2) value = pbf.readBoolean();
    else if (tag === 3) value = pbf.readVarint(true);
    else if (tag === 4) value = pbf.readDouble();
    else if (tag === 5) value = readArray(pbf, allowance, depth);
    else if (tag === 6) {
      const entries = new Map<string, unknown>();
      readMessage(pbf, (inner) => {
        if (inner === 1) readAttribute(pbf, entries, allowance, depth + 1);
      });
      value = Object.fromEntries(entries);
    }
  });
  return value;
}

function readArray(pbf: PbfReader, allowance: Allowance, depth: number): unknown[] {
  const items: unknown[] = [];
  readMessage(pbf, (tag) => {
    if (tag !== 1) return;
    allowance.value();
    items.push(readValue(pbf, allowance, depth + 1));
  });
  return items;
}

function hexOf(bytes: Uint8Array): string {
  // An id has 16 bytes; what claims to be one and is a megabyte need not be written out.
  return bytesToHex(bytes.subarray(0, 17));
}
