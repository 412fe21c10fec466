import { collectBytes } from "./collect-bytes.ts";
import { assertOrigin, type Destination } from "./destination.ts";

/** Another server sent more than anybody asked for; the rest was not read. */
export class AnswerTooLarge extends Error {
  readonly limit: string;

  constructor(limitBytes: number) {
    const limit = `${limitBytes / (1024 * 1024)} MB`;
    super(`The answer is larger than ${limit}.`);
    this.name = "AnswerTooLarge";
    this.limit = limit;
  }
}

/**
 * The text of an answer that says it is JSON; null: it says otherwise. Nothing beyond the limit is ever held.
 * @throws AnswerTooLarge
 */
export async function readJsonText(response: Response, limitBytes: number): Promise<string | null> {
  const type = response.headers.get("content-type") ?? "";
  if (!/^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) {
    await drop(response);
    return null;
  }
  return new TextDecoder().decode(await readWithin(response, limitBytes));
}

/** Nobody reads it, and an unread body would hold the connection. */
export async function drop(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

/**
 * A `fetch` for packages that build their addresses themselves: it goes to one origin, follows no redirect, and gives
 * answers that were read up to a limit.
 * @throws AnswerTooLarge
 */
export function fetchWithin(
  { origin }: Pick<Destination, "origin">,
  limitBytes: number,
  send: typeof fetch = (input, init) => fetch(input, init),
): typeof fetch {
  return async function fetchOneOrigin(input, init) {
    const address = input instanceof Request ? input.url : String(input);
    assertOrigin(address, origin);
    const response = await send(address, { ...init, redirect: "manual" });
    const { status, statusText } = response;
    const bytes = await readWithin(response, limitBytes);
    const headers = new Headers(response.headers);
    // Both told of the body as it was on the way.
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    return new Response(bytes.byteLength > 0 ? bytes : null, { status, statusText, headers });
  };
}

async function readWithin(
  response: Response,
  limitBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const isTooLarge = Number(response.headers.get("content-length") ?? 0) > limitBytes;
  if (isTooLarge) await drop(response);
  const bytes = isTooLarge ? null : await collectBytes(response.body, limitBytes);
  if (bytes === null) throw new AnswerTooLarge(limitBytes);
  return bytes;
}
