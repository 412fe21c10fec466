import ipaddr from "ipaddr.js";
import { encodeTime } from "ulid";
import { AppError } from "../errors.ts";
import { digestHex } from "../sha256.ts";
import { countRefusedKey, forgetRefusedKeys } from "../storage/refused-keys.ts";
import { said } from "../words/said.ts";

/** Wrong keys of one address are counted for so long, and after so many it waits for the end of that time. */
const WINDOW_MS = 10 * 60_000;
export const WRONG_KEYS_ALLOWED = 10;
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
const FORGET_EVERY_MS = 60_000;
/** A machine that knows more addresses than this tells them apart no longer than it must. */
const REMEMBERED = 1000;

/** Of this isolate, until when each address waits. Others learn it from the count at their first wrong key. */
const waiting = new Map<string, number>();
let forgotAt = 0;

interface Entrance {
  db: D1Database;
  now: number;
  /** null: it cannot be known who asks, so nobody is made to wait for others. */
  address: string | null;
}

/** Where a request comes from; of IPv6 the network, because a subscriber has all of it. */
export function addressOf(request: Request): string | null {
  const text = request.headers.get("cf-connecting-ip")?.trim() ?? "";
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  const network = address.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(":")}::/64`;
}

/** @throws AppError `rate_limited` while the address waits. */
export function refuseWaiting({ now, address }: Entrance): void {
  const until = address === null ? undefined : waiting.get(address);
  if (until !== undefined && until > now) throw tooManyWrongKeys(until, now);
}

/**
 * What is said to a wrong key, after it was counted: one row written, and none any more once the address waits. A right
 * key costs nothing here.
 */
export async function refuseKey(entrance: Entrance): Promise<never> {
  refuseWaiting(entrance);
  await countWrongKey(entrance).catch(() => undefined);
  throw new AppError(said("access_denied.unknown_key"));
}

async function countWrongKey({ db, now, address }: Entrance): Promise<void> {
  if (address === null) return;
  const at = now - (now % WINDOW_MS);
  const mark = (await digestHex(address)).slice(0, 16).toUpperCase();
  const failures = await countRefusedKey(db, { id: `${lineAt(at)}${mark}`, at, address });
  if (failures >= WRONG_KEYS_ALLOWED) makeWait(address, at + WINDOW_MS);
  if (failures > 1 || now - forgotAt < FORGET_EVERY_MS) return;
  forgotAt = now;
  await forgetRefusedKeys(db, lineAt(now - KEPT_MS));
}

/** Where the ids of audit lines of this time begin. */
function lineAt(time: number): string {
  return `aud_${encodeTime(time, 10)}`;
}

function makeWait(address: string, until: number): void {
  const [oldest] = waiting.keys();
  if (waiting.size >= REMEMBERED && oldest !== undefined) waiting.delete(oldest);
  waiting.set(address, until);
}

function tooManyWrongKeys(until: number, now: number): AppError {
  const minutes = Math.ceil((until - now) / 60_000);
  return new AppError(said("rate_limited.wrong_keys", { minutes }), {
    retryAfterSeconds: Math.ceil((until - now) / 1000),
  });
}
