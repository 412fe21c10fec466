/** A span as it came, in either encoding of OTLP: ids in hex, times in milliseconds, values as plain JSON. */
export interface Span {
  traceId: string;
  spanId: string;
  /** null: it is the root of its trace. */
  parentId: string | null;
  name: string;
  startMs: number;
  endMs: number;
  hasFailed: boolean;
  attributes: Attributes;
  events: readonly SpanEvent[];
  /** Of whoever sent it: `service.name` and what a form added to every trace. */
  resource: Attributes;
  /** The library that made it. */
  scope: string;
}

export type Attributes = ReadonlyMap<string, unknown>;

export interface SpanEvent {
  name: string;
  attributes: Attributes;
}

export const OTLP_LIMITS = {
  rawBytes: 8 * 1024 * 1024,
  inflatedBytes: 16 * 1024 * 1024,
  /** Of all requests that one isolate takes apart at the same time. */
  isolateBytes: 32 * 1024 * 1024,
  spans: 20_000,
  /** Attributes, events and what their values hold, in one request. */
  values: 500_000,
  /** Nesting of one value. */
  depth: 32,
} as const;

/** Why the bytes of a request are refused. */
export class OtlpError extends Error {
  readonly reason: "malformed" | "too_much" | "busy";

  constructor(reason: OtlpError["reason"], cause?: unknown) {
    super(reason, { cause });
    this.name = "OtlpError";
    this.reason = reason;
  }
}

/** Counts what is taken out of a request: two bytes of it may become an object of fifty. */
export class Allowance {
  #values = 0;
  #spans = 0;

  value(): void {
    this.#values++;
    if (this.#values > OTLP_LIMITS.values) throw new OtlpError("too_much");
  }

  span(): void {
    this.#spans++;
    if (this.#spans > OTLP_LIMITS.spans) throw new OtlpError("too_much");
  }
}

/** What the bytes of a request become: each span is given away at once, so that only what is wanted is kept. */
export interface Taken {
  spans: number;
  /** Spans without a usable id. */
  invalid: number;
}

/** 32 and 16 digits, not all zero: everything else is no id. */
export function isId(hex: string, digits: number): boolean {
  return hex.length === digits && /^[0-9a-f]+$/.test(hex) && /[^0]/.test(hex);
}
