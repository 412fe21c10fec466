import { refusalOf, TouchstoneError } from "./errors.ts";

export interface Options {
  /** Where the server is; else TOUCHSTONE_URL, else http://localhost:8787. */
  url?: string;
  /** Its key; else TOUCHSTONE_KEY. */
  key?: string;
  /** Further tries after a busy server or a broken connection. */
  retries?: number;
  /** Milliseconds for one request. */
  timeoutMs?: number;
  fetch?: typeof fetch;
}

export interface Call {
  method?: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: BodyInit;
  /** False: sent again only where the server says that it did nothing. */
  isRepeatable?: boolean;
}

const DEFAULT_URL = "http://localhost:8787";
const RETRIES = 5;
const TIMEOUT_MS = 60_000;
/** Answers after which the same request may be sent again: too many, or nobody there for a moment. */
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** Those of them that say nothing was done. */
const TURNED_AWAY: ReadonlySet<number> = new Set([429, 503]);
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** Sends requests; repeats what a busy server or a broken connection turned away. */
export class Transport {
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #retries: number;
  readonly #timeoutMs: number;
  readonly #fetch: typeof fetch;

  constructor(options: Options) {
    this.#origin = (options.url ?? environment("TOUCHSTONE_URL") ?? DEFAULT_URL).replace(
      /\/+$/,
      "",
    );
    const key = options.key ?? environment("TOUCHSTONE_KEY");
    this.#headers = key ? { Authorization: `Bearer ${key}` } : {};
    this.#retries = options.retries ?? RETRIES;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#fetch = options.fetch ?? ((url, init) => fetch(url, init));
  }

  /** @throws TouchstoneError when the server refuses, or is still busy or away after all tries */
  async send(path: string, call: Call = {}): Promise<Response> {
    for (let tries = 0; ; tries++) {
      const answer = await this.#once(path, call);
      if (answer instanceof Response && answer.ok) return answer;
      const { isRepeatable = true } = call;
      const status = answer instanceof Response ? answer.status : null;
      const isBusy =
        status === null ? isRepeatable : (isRepeatable ? BUSY : TURNED_AWAY).has(status);
      if (!isBusy || tries >= this.#retries) throw await this.#errorOf(answer);
      await pause(waitMsOf(answer, tries));
    }
  }

  async #once(path: string, { method = "GET", headers, body }: Call): Promise<Response | Error> {
    try {
      return await this.#fetch(`${this.#origin}${path}`, {
        method,
        headers: { ...this.#headers, ...headers },
        ...(body === undefined ? {} : { body }),
        redirect: "manual",
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  async #errorOf(answer: Response | Error): Promise<TouchstoneError> {
    if (answer instanceof Response) return refusalOf(answer);
    const message = `${this.#origin} cannot be reached: ${answer.message}`;
    return new TouchstoneError(message, { cause: answer });
  }
}

/** What the server asks for, else each time longer. */
function waitMsOf(answer: Response | Error, tries: number): number {
  const asked = answer instanceof Response ? Number(answer.headers.get("retry-after")) : 0;
  const wait = asked > 0 ? asked * 1000 : FIRST_WAIT_MS * 2 ** tries * (0.5 + Math.random() / 2);
  return Math.min(wait, LONGEST_WAIT_MS);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Null where there is no process: browsers, Workers. */
function environment(name: string): string | undefined {
  return typeof process === "undefined" ? undefined : process.env?.[name] || undefined;
}
