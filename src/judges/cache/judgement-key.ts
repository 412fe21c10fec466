import { digestHex } from "../../sha256.ts";

/**
 * SHA-256 (hex) over everything a judgement depends on: prompt version, model, parameters, texts. The fence and the
 * control claims of a call are not part of it, they change with every call and no verdict may rest on them.
 */
export function judgementKey(parts: readonly unknown[]): Promise<string> {
  return digestHex(JSON.stringify(parts));
}
