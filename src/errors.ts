/** Every refusal of the product. One table gives the HTTP status and title; `app.ts` is the one place that answers. */
export const ERRORS = {
  body_unreadable: [400, "The body could not be read"],
  invalid_cursor: [400, "The cursor does not fit"],
  access_denied: [401, "No valid key"],
  forbidden: [403, "Not allowed with this key"],
  not_found: [404, "Not found"],
  method_not_allowed: [405, "This method is not for this address"],
  conflict: [409, "Not possible in this state"],
  body_too_large: [413, "The body is too large"],
  unsupported_media_type: [415, "This content type is not understood"],
  range_not_satisfiable: [416, "The file is shorter than the part asked for"],
  misdirected_request: [421, "This server does not answer to this name"],
  invalid_request: [422, "The request is not valid"],
  idempotency_mismatch: [422, "Same key, other payload"],
  rate_limited: [429, "Too many requests"],
  quota_exceeded: [429, "The quota of this day is used up"],
  internal_error: [500, "Something broke on our side"],
  access_not_configured: [503, "Access is not configured"],
  misconfigured: [503, "The settings of this server are wrong"],
  schema_missing: [503, "The database has no tables yet"],
  judge_unavailable: [503, "The judge cannot be reached"],
  storage_unavailable: [503, "The storage does not answer"],
  storage_full: [507, "There is no space left"],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof ERRORS;

export interface FieldError {
  /** JSON pointer as a fragment, `#/answer`. */
  pointer: string;
  detail: string;
}

/**
 * An error as a log may hold it. Messages of parsers and checkers quote what they read, which may be a judged text,
 * so of those only the name is told.
 */
export function errorForLog(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const quotesInput = error instanceof SyntaxError || error.name === "ZodError";
  return quotesInput ? error.name : `${error.name}: ${error.message}`.slice(0, 300);
}

/** A refusal with a code. `detail` is a plain English sentence that says what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | null;
  /** Of the answer: what its status demands. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    detail: string,
    options: {
      errors?: readonly FieldError[];
      cause?: unknown;
      retryAfterSeconds?: number;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return ERRORS[this.code][0];
  }
}
