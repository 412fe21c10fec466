import type { Route, Tag } from "../http/route.ts";
import { ROUTES } from "../routes/all-routes.ts";

/** A route as the API documents name it: `/api/runs/{run_id}`. */
export interface Operation extends Route {
  id: string;
  tag: Tag;
}

/** Every route that the API documents describe. */
export const OPERATIONS: readonly Operation[] = Object.entries(ROUTES).flatMap(([id, route]) => {
  const { tag, path } = route;
  return tag === null ? [] : [{ ...route, id, tag, path: inBraces(path) }];
});

function inBraces(path: Route["path"]): Route["path"] {
  return `/${path.slice(1).replace(/:(\w+)/g, "{$1}")}`;
}
