import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { toBase64 } from "../../base64.ts";

// The platform's own digest is asynchronous, and a report is built by plain functions.

/** SHA-256 of the text's UTF-8 bytes, in hexadecimal. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** The same in Base64, as content security policies want it. */
export function sha256Base64(text: string): string {
  return toBase64(sha256(utf8ToBytes(text)));
}
