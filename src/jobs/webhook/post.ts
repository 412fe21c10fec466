import { collectBytes } from "../../net/collect-bytes.ts";
import {
  addressAt,
  findLookupProblem,
  openDestination,
  type Reach,
} from "../../net/destination.ts";
import { readRetryAfter } from "../../net/retry-after.ts";
import type { Settings } from "../../settings.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";

const TIMEOUT_MS = 20_000;
/** What a receiver says fits; of a longer answer nothing is read. */
const ANSWER_BYTES = 16 * 1024;

export interface ReceiverAnswer {
  /** null: none came. */
  status: number | null;
  body: string;
  error: Said | null;
  retryAfterMs: number | null;
}

/** Where webhooks may go. */
export function webhookReach({ accessMode }: Pick<Settings, "accessMode">): Reach {
  return { isLocalhostAllowed: accessMode === "open", namedOrigins: [] };
}

/** Posts JSON to a receiver, or asks it, if it may be asked at all. Never throws. */
export async function post(
  context: JobContext,
  url: string,
  {
    body = null,
    method = "POST",
    headers = {},
    query = {},
  }: {
    body?: string | null;
    method?: "GET" | "POST";
    headers?: Readonly<Record<string, string>>;
    query?: Readonly<Record<string, string>>;
  },
): Promise<ReceiverAnswer> {
  const failed = (error: Said): ReceiverAnswer => ({ ...NO_ANSWER, error });
  const receiver = openDestination(url, webhookReach(context.settings));
  if ("code" in receiver) return failed(said("webhook_address", { problem: receiver }));
  const problem = await findLookupProblem(receiver, context.outside.resolve);
  if (problem !== null) return failed(problem);
  try {
    const response = await context.outside.fetch(addressAt(receiver, "", query).href, {
      method,
      redirect: "manual",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Touchstone-Webhooks/1",
        ...headers,
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { status } = response;
    const bytes = await collectBytes(response.body, ANSWER_BYTES);
    return {
      status,
      body: bytes === null ? "" : new TextDecoder().decode(bytes),
      error: isAccepted(response) ? null : said("receiver_status", { status }),
      retryAfterMs: readRetryAfter(response.headers.get("retry-after"), context.now()),
    };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return failed(
      isTimeout
        ? said("receiver_slow", { seconds: TIMEOUT_MS / 1000 })
        : said("receiver_unreachable"),
    );
  }
}

/** A redirect is a failure; it could lead anywhere. */
export function isAccepted({ status }: { status: number | null }): boolean {
  return status !== null && status >= 200 && status < 300;
}

export const NO_ANSWER = { status: null, body: "", retryAfterMs: null } as const;
