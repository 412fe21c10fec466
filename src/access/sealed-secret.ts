import { fromBase64, toBase64 } from "../base64.ts";
import { AppError } from "../errors.ts";
import type { Settings } from "../settings.ts";
import { digestHex } from "../sha256.ts";
import { said } from "../words/said.ts";

/** Where a secret is kept. It opens there and nowhere else, so a row that was copied elsewhere gives nothing away. */
export interface SecretPlace {
  project: string;
  /** The id of its row, unique among all tables. */
  row: string;
  field: string;
}

const IV_BYTES = 12;
const KEY_ID_CHARACTERS = 8;

/**
 * A secret as it is stored: `KEYID.BASE64`, encrypted by AES-256-GCM under SECRETS_KEY. The id in front says under which
 * key, so that an old one still reads (SECRETS_KEY_OLD) while new ones are written.
 * @throws AppError 503 without SECRETS_KEY
 */
export async function sealSecret(
  { secretsKey }: Pick<Settings, "secretsKey">,
  place: SecretPlace,
  secret: string,
): Promise<string> {
  if (secretsKey === null) throw new AppError(said("misconfigured.no_secrets_key"));
  const key = await importKey(secretsKey);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const encrypted = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: bytesOf(place) },
    key.key,
    new TextEncoder().encode(secret),
  );
  return `${key.id}.${toBase64(new Uint8Array([...iv, ...new Uint8Array(encrypted)]))}`;
}

/**
 * The secret again.
 * @throws AppError 503 without its key, or when it was changed or is not of this place; the sentence says what to do
 */
export async function openSecret(
  { secretsKey, secretsKeyOld }: Pick<Settings, "secretsKey" | "secretsKeyOld">,
  place: SecretPlace,
  sealed: string,
): Promise<string> {
  if (secretsKey === null) throw new AppError(said("misconfigured.no_secrets_key"));
  const [id = ""] = sealed.split(".", 1);
  const known = [secretsKey, ...(secretsKeyOld === null ? [] : [secretsKeyOld])];
  const keys = await Promise.all(known.map(importKey));
  const key = keys.find((candidate) => candidate.id === id)?.key;
  if (key === undefined) throw new AppError(said("misconfigured.other_secrets_key"));
  try {
    const text = sealed.slice(id.length + 1);
    const bytes = fromBase64(text);
    // Forgiving decoders read the same bytes from several texts.
    if (toBase64(bytes) !== text) throw new Error("This is not how it was written.");
    const secret = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: bytes.subarray(0, IV_BYTES), additionalData: bytesOf(place) },
      key,
      bytes.subarray(IV_BYTES),
    );
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(secret);
  } catch (cause) {
    throw new AppError(said("misconfigured.changed_secret"), { cause });
  }
}

/** A key with its name: the start of its digest, of which nobody gets back to 32 random bytes. */
async function importKey(base64: string): Promise<{ id: string; key: CryptoKey }> {
  const bytes = fromBase64(base64);
  const [digest, key] = await Promise.all([
    digestHex(bytes),
    crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]),
  ]);
  return { id: digest.slice(0, KEY_ID_CHARACTERS), key };
}

/** As a list, so that no two places read alike. */
function bytesOf({ project, row, field }: SecretPlace): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([project, row, field]));
}
