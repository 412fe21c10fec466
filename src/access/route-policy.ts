import type { Role } from "../contract-access.ts";

/**
 * What a route asks of its caller. `public`: nobody need be known. `any`: every key. `deployment`: who may enter
 * every project.
 */
export type Need = "public" | "any" | "submit" | "read" | "run" | "admin" | "deployment";

export interface RoutePolicy {
  need: Need;
  /** Also open to `submit` for what it sent itself: one job by `:id`, or a list the handler narrows. */
  own?: "job" | "list";
  /** Also open to a share link of `:run_id`. */
  share?: true;
  /** `?key=` is read, because its clients cannot always set a header: downloads, event streams, Dify tools. */
  keyInQuery?: true;
  /** Line of the audit log when the call succeeded; the target is the last parameter of the path. */
  audit?: string;
}

/** Every route of the product with its policy. A route that is missing here is open to deployment admins only. */
export const ROUTE_POLICIES: Readonly<Record<string, RoutePolicy>> = {
  "GET /api/health": { need: "public" },
  "GET /openapi.json": { need: "public" },
  "GET /openapi-dify.json": { need: "public" },
  "GET /docs": { need: "public" },
  "GET /api/metrics": { need: "any", share: true, keyInQuery: true },

  "POST /api/score": { need: "submit", keyInQuery: true },
  "POST /api/score/async": { need: "submit", keyInQuery: true },
  "POST /api/score/batch": { need: "submit" },
  "POST /api/import/dify": { need: "run", audit: "dify.imported" },
  "GET /api/score/jobs": { need: "read", own: "list", keyInQuery: true },
  "GET /api/score/jobs/:id": { need: "read", own: "job", keyInQuery: true },
  "GET /api/score/jobs/:id/events": { need: "read", own: "job", keyInQuery: true },
  "GET /api/score/jobs/:id/bad-rows": { need: "read", own: "job", keyInQuery: true },
  "GET /api/score/jobs/:id/deliveries": { need: "read", own: "job" },
  "POST /api/score/jobs/:id/deliveries/:delivery_id/redeliver": {
    need: "run",
    audit: "webhook.redelivered",
  },
  "POST /api/score/jobs/:id/cancel": { need: "run", audit: "job.cancelled" },
  "POST /api/score/jobs/:id/retry": { need: "run", audit: "job.retried" },
  "DELETE /api/score/jobs/:id": { need: "run", audit: "job.deleted" },
  "GET /api/score/sessions/:session_id": { need: "read", keyInQuery: true },

  "GET /api/runs": { need: "read", keyInQuery: true },
  "GET /api/runs/compare": { need: "read" },
  "GET /api/runs/:run_id": { need: "read", share: true, keyInQuery: true },
  "GET /api/runs/:run_id/samples": { need: "read", share: true },
  "GET /api/runs/:run_id/samples/:sample_id": { need: "read", share: true },
  "GET /api/runs/:run_id/points": { need: "read", share: true },
  "GET /api/runs/:run_id/artifacts/:name": { need: "read", share: true, keyInQuery: true },
  "GET /api/runs/:run_id/report.html": { need: "read", share: true, keyInQuery: true },
  "GET /api/runs/:run_id/samples/:sample_id/reviews": { need: "read" },
  "PUT /api/runs/:run_id/samples/:sample_id/reviews": { need: "run" },
  "POST /api/runs/:run_id/rescore": { need: "run", audit: "run.rescored" },
  "GET /api/runs/:run_id/share": { need: "run" },
  "POST /api/runs/:run_id/share": { need: "run" },
  "DELETE /api/runs/:run_id/share/:share_id": { need: "run" },
  "GET /api/trends": { need: "read" },
  "GET /api/alerts": { need: "read" },
  "POST /api/alerts": { need: "run", audit: "alert.created" },
  "DELETE /api/alerts/:alert_id": { need: "run", audit: "alert.deleted" },
  "POST /api/gate": { need: "run", keyInQuery: true },
  "POST /mcp": { need: "run" },
  "GET /mcp": { need: "run" },
  "DELETE /mcp": { need: "run" },

  "GET /api/session": { need: "any" },
  "POST /api/session": { need: "public" },
  "DELETE /api/session": { need: "any" },
  "GET /api/keys": { need: "admin" },
  "POST /api/keys": { need: "admin" },
  "PATCH /api/keys/:key_id": { need: "admin" },
  "DELETE /api/keys/:key_id": { need: "admin" },
  "GET /api/projects": { need: "admin" },
  "POST /api/projects": { need: "deployment" },
  "PATCH /api/projects/:project": { need: "admin" },
  "GET /api/audit": { need: "admin" },
  // They write their own lines of the audit log, which name what came of it.
  "POST /api/judge/test": { need: "admin" },
  "POST /api/webhooks/test": { need: "admin" },
};

const FAIL_CLOSED: RoutePolicy = { need: "deployment" };

/** The policy of a registered route, written `GET /api/runs/:run_id`; null: the URL leads nowhere. */
export function policyOf(route: string | null): RoutePolicy {
  if (route === null) return { need: "any" };
  return ROUTE_POLICIES[route] ?? FAIL_CLOSED;
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
