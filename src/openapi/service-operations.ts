import type { Operation } from "./operation.ts";

/** What the service says of itself. */
export const SERVICE_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/api/metrics",
    id: "list_metrics",
    tag: "service",
    summary: "The metric catalogue: formula, range, direction, inputs, source",
    success: { status: 200, description: "`{metrics}`.", type: "application/json" },
  },
  {
    method: "get",
    path: "/api/health",
    id: "get_health",
    tag: "service",
    summary: "Version, schema, judge, backlog and problems; needs no key",
    success: { status: 200, description: "Health.", schema: "Health" },
  },
];
