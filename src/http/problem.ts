import type { Problem } from "../contract.ts";
import { AppError, ERRORS } from "../errors.ts";
import { storageFailure } from "../storage/storage-failure.ts";

/** The one answer to everything that goes wrong: RFC 9457 problem details. */
export function problemResponse(error: AppError, requestId: string): Response {
  const [status, title] = ERRORS[error.code];
  const problem: Problem = {
    type: `urn:touchstone:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
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
    return new AppError("schema_missing", "The database has no tables yet; apply the migrations.", {
      cause: error,
    });
  }
  const failure = storageFailure(error);
  if (failure !== null) return failure;
  return new AppError(
    "internal_error",
    "Something broke on our side; the request_id finds it in the logs.",
    {
      cause: error,
    },
  );
}
