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
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").slice(0, digits);
}
