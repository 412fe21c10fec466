import { type AppError, ERRORS } from "../errors.ts";
import { say } from "../words/say.ts";
import type { Reader } from "../words/speaker.ts";

/** How a request of an exporter is written, and so its answer. */
export type OtlpEncoding = "protobuf" | "json";

const TYPES: Record<OtlpEncoding, string> = {
  protobuf: "application/x-protobuf",
  json: "application/json",
};
const RETRY_SECONDS = 5;

/** Where exporters of OpenTelemetry send. */
export function isOtlpPath(path: string): boolean {
  return /^\/v1\/(?:.+\/)?(?:traces|metrics|logs)$/.test(path);
}

/** null: neither of the two. */
export function encodingOf(contentType: string | undefined): OtlpEncoding | null {
  const [type = ""] = (contentType ?? "").toLowerCase().split(";");
  if (/^application\/(?:x-)?protobuf$/.test(type.trim())) return "protobuf";
  return type.trim() === "application/json" ? "json" : null;
}

/** A message without a field: exporters read it, so nothing else will do. */
export function otlpSuccess(encoding: OtlpEncoding): Response {
  const body = encoding === "json" ? "{}" : null;
  return new Response(body, { headers: { "Content-Type": TYPES[encoding] } });
}

/**
 * A refusal as a `google.rpc.Status`. Exporters give up what is answered with another status than 503 (429 and 500 too,
 * the one before version 1.45 and the other since), so what may succeed later is always that.
 */
export function otlpFailure(error: AppError, encoding: OtlpEncoding, reader: Reader): Response {
  const [known] = ERRORS[error.code];
  const status = known >= 500 || known === 429 ? 503 : known;
  const message = say(error.said, reader);
  const code = STATUS_CODES.get(status) ?? 3;
  const headers = new Headers({ ...error.headers, "Content-Type": TYPES[encoding] });
  if (status === 503) {
    headers.set("Retry-After", String(error.retryAfterSeconds ?? RETRY_SECONDS));
  }
  if (status === 401) headers.set("WWW-Authenticate", 'Bearer realm="touchstone"');
  const body =
    encoding === "json" ? JSON.stringify({ code, message }) : encodeStatus(code, message);
  return new Response(body, { status, headers });
}

/** Of gRPC, by status of HTTP. */
const STATUS_CODES: ReadonlyMap<number, number> = new Map([
  [401, 16],
  [403, 7],
  [404, 5],
  [413, 8],
  [503, 14],
]);

/** Field 1 a small number, field 2 a text. */
function encodeStatus(code: number, message: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(message);
  const length: number[] = [];
  let rest = text.byteLength;
  for (; rest > 0x7f; rest >>>= 7) length.push((rest & 0x7f) | 0x80);
  return new Uint8Array([0x08, code, 0x12, ...length, rest, ...text]);
}
