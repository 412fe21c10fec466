import type { ChannelOutcome } from "../contract/channel.ts";
import type { Said } from "../words/said.ts";
import type { Notice } from "./notice.ts";
import { cutCharacters } from "./plain-text.ts";

/** How one kind of bot is written to and understood. Everything here is pure: no clock, no network, no storage. */
export interface ChannelKindDefinition {
  /** Whether it is this bot's address; or why it is one that cannot be used. */
  recognise(url: URL): boolean | Said;
  /** Whether a secret means something to it. */
  hasSecret: boolean;
  /** Where a member of the group may set a word that messages must hold, or a list of addresses. */
  hasKeyword: boolean;
  /** At most so many bytes of JSON arrive. */
  mostBytes: number;
  build(notice: Notice): object;
  /** Proof that it is us, for this moment. */
  sign?(message: object, secret: string, nowMs: number): Signed;
  /** What the answer means: for the Chinese bots success stands in the body, and HTTP is 200 nearly always. */
  judge(status: number, body: string): Verdict;
}

interface Signed {
  message: object;
  query: Readonly<Record<string, string>>;
}

export interface Verdict {
  outcome: ChannelOutcome;
  /** The bot's own words. */
  reply: string;
  /** Not before so many milliseconds, where the bot needs a rest. */
  restMs?: number;
}

const REPLY_CHARACTERS = 300;

/** Words of a bot for people to read: on one line, and not long. */
export function quote(text: string): string {
  return cutCharacters(text.replace(/\s+/g, " ").trim(), REPLY_CHARACTERS);
}

/** What HTTP alone says, the same for every bot; null: the body decides. */
export function judgeStatus(status: number, body: string): Verdict | null {
  const reply = quote(`${status} ${body}`);
  if (status === 429 || status === 408 || status >= 500) return { outcome: "retry", reply };
  if (status >= 300 && status < 400) return { outcome: "refused", reply };
  return null;
}

/** For bots that answer `{code, message}` whatever the HTTP status. */
export function judgeCode(
  status: number,
  body: string,
  names: { code: string; message: string },
  temporary: Readonly<Record<number, number>>,
): Verdict {
  const answer = readObject(body);
  const code = answer?.[names.code];
  if (typeof code !== "number") {
    const byStatus = judgeStatus(status, body);
    // A page of a proxy or of maintenance is no word of the bot, so nothing was delivered and nothing refused for good.
    const outcome = status >= 400 ? "refused" : "retry";
    return byStatus ?? { outcome, reply: quote(`${status} ${body}`) };
  }
  const message = answer?.[names.message];
  const reply = quote(`${code} ${typeof message === "string" ? message : ""}`);
  if (code === 0) return { outcome: "ok", reply };
  const restMs = temporary[code];
  if (restMs !== undefined) return { outcome: "retry", reply, restMs };
  return { outcome: status === 429 || status >= 500 ? "retry" : "refused", reply };
}

function readObject(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
