import { createRemoteJWKSet, customFetch, errors, jwtVerify } from "jose";
import { addressAt, operatorDestination } from "../net/destination.ts";
import { fetchWithin } from "../net/read-answer.ts";

/** What Cloudflare Access says about a person or a machine that passed it. */
export interface AccessIdentity {
  /** E-mail address of a person, name of a service token. */
  name: string;
  isPerson: boolean;
  expiresAt: number;
}

type KeySet = ReturnType<typeof createRemoteJWKSet>;

const CLOCK_SKEW_SECONDS = 30;
/** An unknown key id fetches the keys anew, at most this often: Cloudflare rotates them every six weeks. */
const REFETCH_PAUSE_MS = 30_000;
/** Two keys are some 4 kB. */
const LARGEST_KEY_SET_BYTES = 256 * 1024;

const keySets = new Map<string, KeySet>();

/** Null for a token that is not ours, not now, or not signed by Cloudflare. */
export async function verifyAccessToken(
  token: string,
  settings: { teamDomain: string; audience: string },
  now: number,
): Promise<AccessIdentity | null> {
  const issuer = `https://${settings.teamDomain}`;
  try {
    const { payload } = await jwtVerify(token, keysOf(issuer), {
      algorithms: ["RS256"],
      issuer,
      audience: settings.audience,
      clockTolerance: CLOCK_SKEW_SECONDS,
      requiredClaims: ["exp", "iat"],
      currentDate: new Date(now),
    });
    const { email, common_name: commonName, exp = 0 } = payload;
    const expiresAt = exp * 1000;
    if (typeof email === "string" && email !== "")
      return { name: email, isPerson: true, expiresAt };
    if (typeof commonName === "string" && commonName !== "")
      return { name: commonName, isPerson: false, expiresAt };
    return null;
  } catch (error) {
    // Keys that cannot be fetched are an outage, not a forged token.
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error;
    return null;
  }
}

function keysOf(issuer: string): KeySet {
  const known = keySets.get(issuer);
  if (known) return known;
  const team = operatorDestination(issuer);
  const keys = createRemoteJWKSet(addressAt(team, "cdn-cgi/access/certs"), {
    cooldownDuration: REFETCH_PAUSE_MS,
    [customFetch]: fetchWithin(team, LARGEST_KEY_SET_BYTES),
  });
  keySets.set(issuer, keys);
  return keys;
}
