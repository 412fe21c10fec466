import { AppError } from "./errors.ts";
import { say } from "./words/say.ts";

/**
 * An error as a log may hold it. Messages of parsers and checkers quote what they read, which may be a judged text,
 * so of those only the name is told.
 */
export function errorForLog(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const quotesInput = error instanceof SyntaxError || error.name === "ZodError";
  if (quotesInput) return error.name;
  const message = error instanceof AppError ? say(error.said, "en") : error.message;
  return `${error.name}: ${message}`.slice(0, 300);
}
