import type { Problem } from "../contract/service.ts";
import { AppError, ERRORS } from "../errors.ts";
import { storageFailure } from "../storage/storage-failure.ts";
import { said } from "../words/said.ts";
import { say } from "../words/say.ts";
import type { Reader } from "../words/speaker.ts";

/** The one answer to everything that goes wrong: RFC 9457 problem details. */
export function problemResponse(error: AppError, requestId: string, reader: Reader): Response {
  const [status, title] = ERRORS[error.code];
  const problem: Problem = {
    type: `urn:touchstone:problem:${error.code}`,
    title: title[reader ?? "en"],
    status,
    code: error.code,
    detail: say(error.said, reader),
    ...(error.errors.length > 0
      ? { errors: error.errors.map((one) => ({ ...one, detail: say(one.detail, reader) })) }
      : {}),
    request_id: requestId,
  };
  const headers = new Headers({ ...error.headers, "Content-Type": "application/problem+json" });
  if (error.retryAfterSeconds !== null) headers.set("Retry-After", String(error.retryAfterSeconds));
  if (status === 401) headers.set("WWW-Authenticate", 'Bearer realm="touchstone"');
  return new Response(JSON.stringify(problem), { status, headers });
}

/** What a thrown value means to a client; anything unknown tells nothing of its inside. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && /no such table/i.test(error.message)) {
    return new AppError(said("schema_missing.no_tables"), {
      cause: error,
    });
  }
  const failure = storageFailure(error);
  if (failure !== null) return failure;
  return new AppError(said("internal_error.logged"), {
    cause: error,
  });
}
