import type { RedactKind, Role } from "../../src/contract/access.ts";

// The contract's own lists are zod schemas, and zod is no part of the dashboard; the types keep these complete.

const ROLES: Record<Role, true> = { submit: true, read: true, run: true, admin: true };
const KINDS: Record<RedactKind, true> = { email: true, phone: true, cn_id: true, card: true };

export const ACCESS_ROLES = Object.keys(ROLES) as readonly Role[];
export const REDACT_KINDS = Object.keys(KINDS) as readonly RedactKind[];
export const KEY_NAME_CHARACTERS = 100;
/** For the `pattern` of a field; the browser anchors it. */
export const PROJECT_ID_PATTERN = "[a-z0-9]([a-z0-9\\-]{0,38}[a-z0-9])?";
