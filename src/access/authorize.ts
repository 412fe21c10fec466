import { AppError } from "../errors.ts";
import type { Settings } from "../settings.ts";
import { digestHex } from "../sha256.ts";
import { getKeyById, getKeyByPrefix, hasUsableKey, type KeyWithDigest } from "../storage/keys.ts";
import type { ProjectRecord } from "../storage/projects.ts";
import { getOpenShare } from "../storage/share-links.ts";
import { hasSessionEnded } from "../storage/sign-ins.ts";
import { said } from "../words/said.ts";
import type { Caller } from "./caller.ts";
import { verifyAccessToken } from "./cloudflare-access.ts";
import type { Credentials } from "./credentials.ts";
import { refuseKey, refuseWaiting } from "./key-brake.ts";
import { isSameDigest, isSameSecret, prefixOfKey } from "./key-secret.ts";
import { getRecentProject } from "./recent-projects.ts";
import { verifyToken } from "./signing.ts";

export type { Caller } from "./caller.ts";

export const DEFAULT_PROJECT = "default";
/** `kid` claim of a session opened with ADMIN_KEY, which is no row. */
const ADMIN_KEY_ID = "admin";

export interface Door {
  settings: Settings;
  db: D1Database;
  now: number;
  /** Header `X-Project`: which project a caller of all projects means. */
  askedProject: string | null;
  /** Where the request comes from; null when that is not known. */
  address: string | null;
}

/**
 * Decides who the caller is, or refuses. Fails closed: every way in is tried in turn, proof that does not hold is
 * refused without trying the next, and without any key configured nothing but `open` mode opens.
 * @throws AppError `access_not_configured`, `access_denied`, `rate_limited`, `forbidden`, `not_found` (project)
 */
export async function authorize(door: Door, offered: Credentials): Promise<Caller> {
  await refuseUnconfigured(door);
  if (offered.shareToken !== null) return enterByShare(door, offered.shareToken);
  if (door.settings.accessMode === "open") return enterOpen(door);
  if (offered.key !== null) return enterByKey(door, offered.key);
  if (offered.accessToken !== null && door.settings.access !== null) {
    return enterByAccess(door, offered.accessToken, door.settings.access);
  }
  if (offered.sessionToken !== null) return enterBySession(door, offered.sessionToken);
  throw new AppError(said("access_denied.no_key"));
}

/** @throws AppError `access_not_configured` while nobody could come in by any key. */
export async function refuseUnconfigured(door: Door): Promise<void> {
  const { accessMode, adminKey, access } = door.settings;
  if (accessMode === "open" || adminKey !== null || access !== null) return;
  if (await hasUsableKey(door.db, door.now).catch(() => false)) return;
  throw new AppError(said("access_not_configured.no_key"));
}

async function enterOpen(door: Door): Promise<Caller> {
  return deploymentAdmin(door, { id: "open", name: "open", via: "open", isFromBrowser: false });
}

/** @throws AppError as `authorize`; also the check of a sign-in. */
export async function enterByKey(door: Door, key: string): Promise<Caller> {
  const { adminKey } = door.settings;
  const prefix = prefixOfKey(key);
  // Keys made here cannot be guessed, so whoever shares an address with a stranger comes in; words of people can.
  if (prefix === null) refuseWaiting(door);
  if (adminKey !== null && (await isSameSecret(key, adminKey))) {
    return deploymentAdmin(door, {
      id: ADMIN_KEY_ID,
      name: "ADMIN_KEY",
      via: "admin_key",
      isFromBrowser: false,
    });
  }
  const known = prefix === null ? null : await getKeyByPrefix(door.db, prefix);
  if (!known || !isSameDigest(known.digest, await digestHex(key)) || !isUsable(known, door.now)) {
    return refuseKey(door);
  }
  return keyHolder(door, known);
}

async function enterByAccess(
  door: Door,
  token: string,
  access: NonNullable<Settings["access"]>,
): Promise<Caller> {
  const identity = await verifyAccessToken(token, access, door.now);
  if (!identity) throw new AppError(said("access_denied.access_token"));
  const caller = await deploymentAdmin(door, {
    id: `access:${identity.name}`,
    name: identity.name,
    via: "access",
    isFromBrowser: identity.isPerson,
  });
  const isAdmin = access.admins.includes(identity.name.toLowerCase());
  const { expiresAt } = identity;
  return { ...caller, expiresAt, ...(isAdmin ? {} : { role: "run", isDeploymentAdmin: false }) };
}

async function enterBySession(door: Door, token: string): Promise<Caller> {
  const { db, settings, now } = door;
  const claims = await verifyToken(db, settings.adminKey, "session", token, now);
  if (!claims || (await hasSessionEnded(db, claims.jti))) {
    throw new AppError(said("access_denied.signed_out"));
  }
  const project = String(claims.project);
  const session = { id: claims.jti, expiresAt: claims.exp * 1000 };
  if (claims.kid === ADMIN_KEY_ID && settings.adminKey !== null) {
    const caller = await deploymentAdmin(
      { ...door, askedProject: door.askedProject ?? project },
      { id: ADMIN_KEY_ID, name: "ADMIN_KEY", via: "admin_key", isFromBrowser: true },
    );
    return { ...caller, session };
  }
  const key = await getKeyById(db, project, String(claims.kid));
  if (!key || !isUsable(key, now)) {
    throw new AppError(said("access_denied.session_key"));
  }
  return { ...keyHolder(door, key), isFromBrowser: true, session };
}

async function enterByShare(door: Door, token: string): Promise<Caller> {
  const { db, settings, now } = door;
  const claims = await verifyToken(db, settings.adminKey, "share", token, now);
  const share = claims && (await getOpenShare(db, String(claims.project), claims.jti, now));
  if (!share) throw new AppError(said("access_denied.link"));
  const project = await findProject(door, share.project);
  return {
    project: share.project,
    id: share.id,
    name: share.id,
    role: "share",
    via: "share",
    isDeploymentAdmin: false,
    isFromBrowser: false,
    session: null,
    expiresAt: null,
    sharedRunId: share.runId,
    lastUsedAt: null,
    settings: project,
  };
}

function keyHolder(door: Door, key: KeyWithDigest): Caller {
  if (door.askedProject !== null && door.askedProject !== key.project) {
    throw new AppError(said("forbidden.other_project"));
  }
  return {
    project: key.project,
    id: key.id,
    name: key.name,
    role: key.role,
    via: "key",
    isDeploymentAdmin: false,
    isFromBrowser: false,
    session: null,
    expiresAt: null,
    sharedRunId: null,
    lastUsedAt: key.lastUsedAt,
    settings: key.settings,
  };
}

async function deploymentAdmin(
  door: Door,
  who: Pick<Caller, "id" | "name" | "via" | "isFromBrowser">,
): Promise<Caller> {
  const project = await findProject(door, door.askedProject ?? DEFAULT_PROJECT);
  return {
    ...who,
    project: project.id,
    role: "admin",
    isDeploymentAdmin: true,
    session: null,
    expiresAt: null,
    sharedRunId: null,
    lastUsedAt: null,
    settings: project,
  };
}

async function findProject({ db, now }: Door, id: string): Promise<ProjectRecord> {
  const project = await getRecentProject(db, id, now);
  if (project) return project;
  throw new AppError(said("not_found.project", { id: id.slice(0, 100) }));
}

function isUsable(key: KeyWithDigest, now: number): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}
