/** The server refused, or could not be asked; the message says what to do. */
export class TouchstoneError extends Error {
  /** HTTP status; null: there was no answer. */
  readonly status: number | null;
  /** The problem's code, such as `invalid_request`; null: the answer was none of Touchstone's. */
  readonly code: string | null;
  readonly requestId: string | null;

  constructor(
    message: string,
    about: {
      status?: number;
      code?: string | null;
      requestId?: string | null;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: about.cause });
    this.name = "TouchstoneError";
    this.status = about.status ?? null;
    this.code = about.code ?? null;
    this.requestId = about.requestId ?? null;
  }
}

/** The refusal in an answer, in the server's words. */
export async function refusalOf(answer: Response): Promise<TouchstoneError> {
  const problem: unknown = await answer.json().catch(() => null);
  const field = (name: string): string | null => {
    if (typeof problem !== "object" || problem === null) return null;
    const value = Reflect.get(problem, name);
    return typeof value === "string" ? value : null;
  };
  const message = field("detail") ?? field("title") ?? answer.statusText;
  return new TouchstoneError(`${answer.status}: ${message}`, {
    status: answer.status,
    code: field("code"),
    requestId: field("request_id"),
  });
}
