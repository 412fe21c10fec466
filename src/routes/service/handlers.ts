import type { Handlers } from "../../http/serve-routes.ts";
import { METRIC_CATALOGUE } from "../../scoring/metrics/registry.ts";
import { getDifyOpenApi, getDocs, getOpenApi } from "./documents.ts";
import { getHealth } from "./health.ts";
import { postMcp } from "./mcp.ts";
import type { SERVICE_ROUTES } from "./routes.ts";

export const SERVICE_HANDLERS: Handlers<typeof SERVICE_ROUTES> = {
  list_metrics: () => ({ metrics: [...METRIC_CATALOGUE] }),
  get_health: getHealth,
  mcp: postMcp,
  openapi: getOpenApi,
  openapi_dify: getDifyOpenApi,
  docs: getDocs,
};
