import type { Role } from "../contract/access.ts";
import type { ProjectSettings } from "../storage/projects.ts";

/** Who acts, and in which project. Every query of `storage/` takes the project from here. */
export interface Caller {
  project: string;
  /** Stable name of the caller; idempotency keys are remembered for each apart. */
  id: string;
  /** As people know the caller: the name of a key, an e-mail address. */
  name: string;
  role: Role | "share";
  via: "open" | "admin_key" | "key" | "access" | "share";
  /** May enter every project, create projects and set their quotas. */
  isDeploymentAdmin: boolean;
  /** The browser sent the proof of itself, so a foreign page could have made it send; see `same-origin.ts`. */
  isFromBrowser: boolean;
  /** The cookie a person signed in with; null for every other way in. */
  session: { id: string; expiresAt: number } | null;
  /** When the proof runs out by itself, where its row does not say so; null: it does not. */
  expiresAt: number | null;
  /** The only run a share link opens. */
  sharedRunId: string | null;
  /** When the key was last seen, in milliseconds; null for everything that is not a key. */
  lastUsedAt: number | null;
  settings: ProjectSettings;
}
