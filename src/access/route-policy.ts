import type { Role } from "../contract/access.ts";

/**
 * What a route asks of its caller. `public`: nobody need be known. `any`: every key. `deployment`: who may enter
 * every project.
 */
export type Need = "public" | "any" | "submit" | "read" | "run" | "admin" | "deployment";

export interface RoutePolicy {
  need: Need;
  /** Answered although nobody could come in by any key, or settings are wrong; only what is `public`. */
  evenUnconfigured?: true;
  /** Also open to `submit` for what it sent itself: one job by `:id`, or a list the handler narrows. */
  own?: "job" | "list";
  /** Also open to a share link of `:run_id`. */
  share?: true;
  /** `?key=` is read, because its clients cannot always set a header: downloads, event streams, Dify tools. */
  keyInQuery?: true;
  /** Its callers are exporters of OpenTelemetry: they have a limit of their own, and answers they understand. */
  otlp?: true;
  /** Line of the audit log when the call succeeded; the target is the last parameter of the path. */
  audit?: string;
}

const ALLOWED: Record<"submit" | "read" | "run" | "admin", readonly Role[]> = {
  submit: ["submit", "run", "admin"],
  read: ["read", "run", "admin"],
  run: ["run", "admin"],
  admin: ["admin"],
};

/** Whether the role is enough. `own` and `share` depend on the path and are asked by the guard. */
export function hasRoleFor(
  policy: RoutePolicy,
  caller: { role: Role | "share"; isDeploymentAdmin: boolean },
): boolean {
  if (caller.role === "share") return policy.share === true;
  if (policy.need === "public" || policy.need === "any") return true;
  if (policy.need === "deployment") return caller.isDeploymentAdmin;
  if (caller.role === "submit" && policy.own !== undefined) return true;
  return ALLOWED[policy.need].includes(caller.role);
}
