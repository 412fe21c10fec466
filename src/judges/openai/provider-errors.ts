import { APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import { AnswerTooLarge } from "../../net/read-answer.ts";
import type { Feature } from "./capabilities.ts";

/** What a failed call means for us. */
export type Trouble =
  | {
      kind: "busy";
      retryAfterSeconds: number | null;
      detail: string;
      obstacle: "busy" | "unreachable";
    }
  | { kind: "timeout" }
  | { kind: "refused" }
  | { kind: "too_long" }
  /** The endpoint does not understand a parameter; `feature` null: it does not say which. */
  | { kind: "unsupported"; feature: Feature | null; complaint: string }
  /** No such address, method or model. */
  | { kind: "missing"; detail: string }
  | { kind: "misconfigured"; detail: string; obstacle: "key_refused" | "no_credit" };

const BUSY_STATUS: ReadonlySet<number> = new Set([408, 409, 425, 429]);
const CONTENT_FILTER =
  /content.?filter|content.?management|data.?inspection|responsibleai|sensitive/;
const TOO_LONG =
  /context.?length|context.?window|too many (input )?tokens|prompt is too long|input.{0,20}too long/;
const NO_CREDIT =
  /insufficient.?quota|exceeded your current quota|insufficient.?balance|余额不足|欠费/;
const FORMAT =
  /response.?format|json.?schema|json.?object|json mode|structured.?output|guided|grammar/;
const LENGTH_LIMIT = /max_tokens|max_completion_tokens/;

/** Reads an error of the openai package (or of fetch below it); `isOurTimeout`: our own timer ended the call. */
export function readTrouble(error: unknown, isOurTimeout: boolean): Trouble {
  if (isOurTimeout || error instanceof APIUserAbortError) return { kind: "timeout" };
  if (error instanceof APIConnectionTimeoutError) return { kind: "timeout" };
  if (error instanceof APIError && error.cause instanceof AnswerTooLarge) {
    return { kind: "missing", detail: `it answered with more than ${error.cause.limit}` };
  }
  if (!(error instanceof APIError) || error.status === undefined) {
    return {
      kind: "busy",
      retryAfterSeconds: null,
      detail: "the connection broke",
      obstacle: "unreachable",
    };
  }
  const { status } = error;
  const complaint = `${error.param ?? ""} ${error.code ?? ""} ${error.message}`
    .slice(0, 2000)
    .toLowerCase();
  if (status === 402 || (status === 429 && NO_CREDIT.test(complaint))) {
    return {
      kind: "misconfigured",
      detail: "the account has no credit left",
      obstacle: "no_credit",
    };
  }
  if (BUSY_STATUS.has(status) || status >= 500) {
    const retryAfterSeconds = readRetryAfter(error.headers, Date.now());
    return { kind: "busy", retryAfterSeconds, detail: `it answered ${status}`, obstacle: "busy" };
  }
  if (status === 401 || status === 403) {
    return {
      kind: "misconfigured",
      detail: `the key was refused (${status})`,
      obstacle: "key_refused",
    };
  }
  return readRefusal(status, complaint);
}

function readRefusal(status: number, complaint: string): Trouble {
  if (CONTENT_FILTER.test(complaint)) return { kind: "refused" };
  if (status === 413 || TOO_LONG.test(complaint)) return { kind: "too_long" };
  if (FORMAT.test(complaint)) return { kind: "unsupported", feature: "format", complaint };
  if (LENGTH_LIMIT.test(complaint))
    return { kind: "unsupported", feature: "lengthLimit", complaint };
  if (complaint.includes("temperature")) {
    return { kind: "unsupported", feature: "temperature", complaint };
  }
  if (status === 400 || status === 422) return { kind: "unsupported", feature: null, complaint };
  return { kind: "missing", detail: `it does not know this address or model (${status})` };
}

/** Seconds from `retry-after-ms` or `Retry-After` (seconds or a date); null when absent or unreadable. */
export function readRetryAfter(headers: Headers | undefined, now: number): number | null {
  const milliseconds = Number(headers?.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds / 1000;
  const value = headers?.get("retry-after");
  if (!value) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds : null;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}
