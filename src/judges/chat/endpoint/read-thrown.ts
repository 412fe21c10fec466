import { APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import { AnswerTooLarge } from "../../../net/read-answer.ts";
import { parseObject } from "./error-body.ts";
import { readFailure, type Trouble, tooLarge, UNREACHABLE } from "./provider-errors.ts";

/** Reads an error of the openai package, or of fetch below it. */
export function readThrown(error: unknown): Trouble {
  if (error instanceof APIUserAbortError) return { kind: "timeout" };
  if (error instanceof APIConnectionTimeoutError) return { kind: "timeout" };
  if (error instanceof APIError && error.cause instanceof AnswerTooLarge) {
    return tooLarge(error.cause);
  }
  if (!(error instanceof APIError) || error.status === undefined) return UNREACHABLE;
  const text = error.message.replace(/^\d{3} (status code \(no body\))?/, "");
  return readFailure(
    { status: error.status, headers: error.headers },
    error.error ?? parseObject(text) ?? text,
  );
}
