import type { Settings } from "../config.ts";
import { AppError } from "../errors.ts";

/** Who acts, and in which project. Every query of `storage/` takes the project from here. */
export interface Caller {
  project: string;
  /** Stable name of the caller; idempotency keys are remembered for each apart. */
  id: string;
  role: "admin";
}

const DEFAULT_PROJECT = "default";

/**
 * Decides who the caller is, or refuses. Fails closed: without any key configured nothing but `open` mode opens.
 * @throws AppError `access_not_configured`, `access_denied`
 */
export async function authorize(settings: Settings, headers: Headers): Promise<Caller> {
  if (settings.accessMode === "open")
    return { project: DEFAULT_PROJECT, id: "open", role: "admin" };
  if (settings.adminKey === null) {
    throw new AppError(
      "access_not_configured",
      "No key is configured. Set the secret ADMIN_KEY, or ACCESS_MODE=open for a server only you can reach.",
    );
  }
  const key = readKey(headers);
  if (key === null) {
    throw new AppError(
      "access_denied",
      "Send your key as `Authorization: Bearer <key>` or `X-API-Key: <key>`.",
    );
  }
  if (!(await isSameSecret(key, settings.adminKey))) {
    throw new AppError("access_denied", "This key is not known here.");
  }
  return { project: DEFAULT_PROJECT, id: "admin", role: "admin" };
}

/** Dify writes the prefix twice when a tool's credential is stored with it. */
function readKey(headers: Headers): string | null {
  const bearer = headers.get("authorization")?.match(/^(?:bearer\s+){1,2}(\S+)\s*$/i)?.[1];
  return bearer ?? headers.get("x-api-key")?.trim() ?? null;
}

/** Compares digests, so neither length nor content shows in the time taken. */
async function isSameSecret(left: string, right: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const [a, b] = await Promise.all([
    crypto.subtle.digest("SHA-256", encoder.encode(left)),
    crypto.subtle.digest("SHA-256", encoder.encode(right)),
  ]);
  return crypto.subtle.timingSafeEqual(a, b);
}
