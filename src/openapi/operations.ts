import type { Route } from "../http/route.ts";
import { type ROUTES, SECTIONS, type Section } from "../routes/all-routes.ts";

/** A route as the API documents name it: `/api/runs/{run_id}`. */
export interface Operation extends Route {
  id: string;
  section: Section;
}

/** Every route of the API; what else is served describes it, or speaks a protocol of its own. */
export const OPERATIONS: readonly Operation[] = [
  ...operationsOf("score"),
  ...operationsOf("runs"),
  ...operationsOf("experiments"),
  ...operationsOf("service"),
];

export function findOperation(id: keyof typeof ROUTES): Operation {
  const found = OPERATIONS.find((operation) => operation.id === id);
  if (found) return found;
  throw new Error(`${id} is no operation of the API`);
}

function operationsOf(section: Section): Operation[] {
  const routes: [string, Route][] = Object.entries(SECTIONS[section]);
  return routes
    .filter(([, { path }]) => path.startsWith("/api/"))
    .map(([id, route]) => ({ ...route, id, section, path: inBraces(route.path) }));
}

export function inBraces(path: Route["path"]): Route["path"] {
  return `/${path.slice(1).replace(/:(\w+)/g, "{$1}")}`;
}
