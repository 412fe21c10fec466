import { digestHex } from "../sha256.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PROJECT_CHARACTERS = 12;
const HANDLE_CHARACTERS = 8;
/** 32 of 62 characters: 190 bits nobody can guess. */
const SECRET_CHARACTERS = 32;

const KEY = /^(ts_[a-z0-9-]{1,12}_[0-9A-Za-z]{8})[0-9A-Za-z]{32}$/;

/** A new key and its readable start, which finds it again without being any use to a thief. */
export function createKeySecret(project: string): { key: string; prefix: string } {
  const start = project.slice(0, PROJECT_CHARACTERS).replace(/-+$/, "");
  const prefix = `ts_${start}_${randomText(HANDLE_CHARACTERS)}`;
  return { key: prefix + randomText(SECRET_CHARACTERS), prefix };
}

/** Null for text that cannot be a key: it costs no look into the database. */
export function prefixOfKey(key: string): string | null {
  return KEY.exec(key)?.[1] ?? null;
}

/** Compares digests, so neither length nor content shows in the time taken. */
export async function isSameSecret(left: string, right: string): Promise<boolean> {
  return isSameDigest(await digestHex(left), await digestHex(right));
}

export function isSameDigest(left: string, right: string): boolean {
  const encoder = new TextEncoder();
  const [a, b] = [encoder.encode(left), encoder.encode(right)];
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}

export function randomText(characters: number): string {
  let text = "";
  while (text.length < characters) {
    for (const byte of crypto.getRandomValues(new Uint8Array(characters))) {
      // 248 is the last multiple of 62 in a byte: above it some characters would come up more often.
      if (byte < 248 && text.length < characters) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
}
