import type { Route } from "../http/route.ts";
import { SECTIONS, type Section } from "../routes/all-routes.ts";

/** A route as the API documents name it: `/api/runs/{run_id}`. */
export interface Operation extends Route {
  id: string;
  section: Section;
}

/** Every route of the API; what else is served describes it, or speaks a protocol of its own. */
export const OPERATIONS: readonly Operation[] = [
  ...operationsOf("score"),
  ...operationsOf("runs"),
  ...operationsOf("service"),
];

function operationsOf(section: Section): Operation[] {
  const routes: [string, Route][] = Object.entries(SECTIONS[section]);
  return routes
    .filter(([, { path }]) => path.startsWith("/api/"))
    .map(([id, route]) => ({ ...route, id, section, path: inBraces(route.path) }));
}

function inBraces(path: Route["path"]): Route["path"] {
  return `/${path.slice(1).replace(/:(\w+)/g, "{$1}")}`;
}
