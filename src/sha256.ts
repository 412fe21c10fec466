import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * SHA-256 in hex of bytes, or of a text's UTF-8 bytes, by the platform. Where nothing may wait there is
 * `reports/text/sha256.ts`.
 */
export async function digestHex(of: string | Uint8Array): Promise<string> {
  return bytesToHex(await digest(of));
}

/** The same as bytes. */
export async function digest(of: string | Uint8Array): Promise<Uint8Array> {
  const bytes = typeof of === "string" ? utf8ToBytes(of) : of;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
