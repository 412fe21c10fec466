/**
 * SHA-256 (hex) over everything a judgement depends on: prompt version, model, parameters, texts. The fence and the
 * control claims of a call are not part of it, they change with every call and no verdict may rest on them.
 */
export async function judgementKey(parts: readonly unknown[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
