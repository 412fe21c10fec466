const PREFIX = "whsec_";

export interface SignedMessage {
  id: string;
  /** Whole seconds. */
  timestamp: string;
  body: string;
}

/** The `webhook-signature` of Standard Webhooks: HMAC-SHA-256 over id, time and body. `secret` is `whsec_` and base64. */
export async function signWebhook(secret: string, message: SignedMessage): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.replace(PREFIX, "")), (char) => char.charCodeAt(0));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  const text = `${message.id}.${message.timestamp}.${message.body}`;
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
}
