import { AppError, type SaidProblem } from "../../errors.ts";
import { addressAt, type Destination, findLookupProblem } from "../../net/destination.ts";
import { AnswerTooLarge, drop, readJsonText } from "../../net/read-answer.ts";
import { readRetryAfter } from "../../net/retry-after.ts";
import { said } from "../../words/said.ts";
import { isRecord, parseJson } from "../parse-json.ts";

/** What an import needs of the world. */
export interface DifyOutside {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Addresses of a host name; throws when there are none. */
  resolve: (host: string) => Promise<string[]>;
  pause: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Gives a page of a list as JSON. `query` is told how many items are asked for. */
export type ReadPage = (
  path: string,
  query: (size: number) => Record<string, string>,
) => Promise<unknown>;

/** The service API gives at most a hundred items a page; each size divides the one before, so that pages still count. */
const PAGE_SIZES = [100, 20, 4, 1];
const LARGEST_PAGE_BYTES = 8 * 1024 * 1024;
const LARGEST_REFUSAL_BYTES = 64 * 1024;
/** One import stays far below the subrequests of an invocation. */
const MOST_REQUESTS = 500;
const TIMEOUT_MS = 20_000;
/** A name is looked up again when so much time has passed: it may lead elsewhere by now. */
const LOOKUP_MS = 10_000;
/** Waits before a request is tried again, unless Dify names a time; all of an import together wait so long. */
const WAITS_MS = [1000, 2000, 4000, 8000, 16_000];
const LONGEST_WAIT_MS = 60_000;

/** Asks one Dify and nobody else. Throws AppError with what the person can do. */
export function createDifyClient(
  place: Destination,
  appKey: string,
  outside: DifyOutside,
): { readPage: ReadPage } {
  const { host } = new URL(place.origin);
  let requests = 0;
  let waitedMs = 0;
  let lookedUpAt = Number.NEGATIVE_INFINITY;
  let sizeIndex = 0;

  async function send(path: string, query: Record<string, string>): Promise<Response> {
    requests += 1;
    if (requests > MOST_REQUESTS) {
      throw new AppError(said("invalid_request.import_too_much"));
    }
    if (outside.now() - lookedUpAt > LOOKUP_MS) {
      const problem = await findLookupProblem(place, outside.resolve);
      if (problem !== null) throw new AppError(said("invalid_request.lookup", { problem }));
      lookedUpAt = outside.now();
    }
    return outside.fetch(addressAt(place, path, query).href, {
      headers: { Authorization: `Bearer ${appKey}`, Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  /** Waits out what passes by itself. */
  async function sendPatiently(path: string, query: Record<string, string>): Promise<Response> {
    for (let tries = 0; ; tries++) {
      const answer = await send(path, query).catch((cause) => {
        if (cause instanceof AppError) throw cause;
        return null;
      });
      if (answer?.ok) return answer;
      const trouble = await readTrouble(answer, host);
      const waitMs = readRetryAfter(answer?.headers.get("retry-after") ?? null, outside.now());
      const pauseMs = Math.max(waitMs ?? 0, WAITS_MS[tries] ?? Number.POSITIVE_INFINITY);
      if (!trouble.passes || waitedMs + pauseMs > LONGEST_WAIT_MS) {
        throw new DifyRefusal(trouble, waitMs);
      }
      waitedMs += pauseMs;
      await outside.pause(pauseMs);
    }
  }

  return {
    async readPage(path, query) {
      for (;;) {
        const size = PAGE_SIZES[sizeIndex] ?? 1;
        const answer = await sendPatiently(path, query(size));
        try {
          const text = await readJsonText(answer, LARGEST_PAGE_BYTES);
          return text === null ? undefined : parseJson(text);
        } catch (cause) {
          if (!(cause instanceof AnswerTooLarge)) {
            throw new AppError(said("invalid_request.dify_broke_off", { host }), { cause });
          }
          if (sizeIndex === PAGE_SIZES.length - 1) {
            const { limit } = cause;
            throw new AppError(said("invalid_request.dify_item_large", { host, limit }), { cause });
          }
          sizeIndex += 1;
        }
      }
    },
  };
}

interface Trouble {
  status: number | null;
  reason: SaidProblem;
  /** It is worth waiting for. */
  passes: boolean;
}

/** Nothing of Dify's own text reaches people: it may repeat the key. */
async function readTrouble(answer: Response | null, host: string): Promise<Trouble> {
  if (answer === null) {
    return { status: null, reason: said("invalid_request.dify_silent", { host }), passes: true };
  }
  const { status } = answer;
  if (status === 429) {
    const text = await readJsonText(answer, LARGEST_REFUSAL_BYTES).catch(() => null);
    const body = text === null ? null : parseJson(text);
    // Dify's other 429, too many requests at once, passes in seconds.
    const isPlanUsedUp = isRecord(body) && body.code === "rate_limit_error";
    return {
      status,
      reason: said(isPlanUsedUp ? "rate_limited.dify_plan" : "rate_limited.dify_wait", { host }),
      passes: !isPlanUsedUp,
    };
  }
  await drop(answer);
  const reason =
    status === 401 || status === 403
      ? said("invalid_request.dify_key", { host })
      : status >= 300 && status < 400
        ? said("invalid_request.dify_redirect", { host })
        : said("invalid_request.dify_status", { host, status });
  return { status, reason, passes: status >= 500 };
}

/** A refusal of Dify itself. */
export class DifyRefusal extends AppError {
  readonly difyStatus: number | null;

  constructor({ status, reason }: Trouble, waitMs: number | null) {
    super(reason, {
      ...(waitMs === null ? {} : { retryAfterSeconds: Math.ceil(waitMs / 1000) }),
    });
    this.difyStatus = status;
  }
}
