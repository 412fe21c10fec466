import { toBase64 } from "../base64.ts";
import { AppError } from "../errors.ts";
import { digest } from "../sha256.ts";
import { said } from "../words/said.ts";
import { isMissing } from "./missing-value.ts";

const LONGEST_KEY = 255;

/**
 * Half of SHA-256 over what was sent as JSON with sorted keys: equal requests, equal fingerprints. Only requests of one
 * caller are compared, and every job keeps it twice.
 */
export async function fingerprint(sent: object): Promise<string> {
  const hash = await digest(JSON.stringify(sent, sortKeys));
  return toBase64(hash.subarray(0, 16)).replace(/=+$/, "");
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/**
 * The key of an `Idempotency-Key` header, with or without the quotes of a structured field; null when there is
 * none or Dify left an unknown variable's name there, since that name would be the same for every run.
 */
export function readIdempotencyKey(header: string | null): string | null {
  if (header === null) return null;
  const trimmed = header.trim();
  const key = isQuoted(trimmed) ? trimmed.slice(1, -1).replace(/\\(["\\])/g, "$1") : trimmed;
  if (isMissing(key)) return null;
  if (key.length > LONGEST_KEY || !/^[\x20-\x7e]+$/.test(key)) {
    throw new AppError(said("invalid_request.idempotency_key", { limit: LONGEST_KEY }));
  }
  return key;
}

function isQuoted(text: string): boolean {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"');
}
