import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { getSigningSecret } from "../storage/sign-ins.ts";
import { randomText } from "./key-secret.ts";

const SECRET_CHARACTERS = 43;

/** What a signature is for; a cookie is no share link, though both are signed with the same secret. */
export type Purpose = "session" | "share";

/** Of this isolate: the stored half never changes. */
const storedHalves = new WeakMap<D1Database, string>();

/**
 * Signs with HMAC-SHA-256. The secret is derived (HKDF) from a random half in D1 and ADMIN_KEY, so a copy of the
 * database forges nothing, and a new ADMIN_KEY ends every session and share link.
 */
export async function signToken(
  db: D1Database,
  adminKey: string | null,
  token: { purpose: Purpose; id: string; expiresAt: number; claims: Record<string, string> },
): Promise<string> {
  return new SignJWT(token.claims)
    .setProtectedHeader({ alg: "HS256" })
    .setAudience(token.purpose)
    .setJti(token.id)
    .setExpirationTime(Math.floor(token.expiresAt / 1000))
    .sign(await deriveSecret(db, adminKey, token.purpose));
}

/** The claims, or null: forged, changed, made for another purpose, or over. */
export async function verifyToken(
  db: D1Database,
  adminKey: string | null,
  purpose: Purpose,
  token: string,
  now: number,
): Promise<(JWTPayload & { jti: string; exp: number }) | null> {
  try {
    const { payload } = await jwtVerify(token, await deriveSecret(db, adminKey, purpose), {
      algorithms: ["HS256"],
      audience: purpose,
      requiredClaims: ["jti", "exp"],
      currentDate: new Date(now),
    });
    const { jti, exp } = payload;
    return jti === undefined || exp === undefined ? null : { ...payload, jti, exp };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

async function deriveSecret(
  db: D1Database,
  adminKey: string | null,
  purpose: Purpose,
): Promise<Uint8Array> {
  const stored =
    storedHalves.get(db) ?? (await getSigningSecret(db, randomText(SECRET_CHARACTERS)));
  storedHalves.set(db, stored);
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey(
    "raw",
    encoder.encode(`${stored}\n${adminKey ?? ""}`),
    "HKDF",
    false,
    ["deriveBits"],
  );
  const bits = await crypto.subtle.deriveBits(
    {
      name: "HKDF",
      hash: "SHA-256",
      salt: new Uint8Array(32),
      info: encoder.encode(`touchstone ${purpose}`),
    },
    material,
    256,
  );
  return new Uint8Array(bits);
}
