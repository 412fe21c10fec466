import { ERRORS } from "../errors.ts";
import type { Answer, Route } from "../http/route.ts";

/** What any operation may come to. */
const EVERYWHERE = [421, 500, 503, 507];
/** What any operation that asks who is there may; 404: there is no such project as `X-Project` names. */
const GUARDED = [401, 403, 404, 429];
/** What reading a body may. */
const WITH_BODY = [400, 413, 415, 422];

/** Statuses of problem answers: what its parts may come to, and what is its own. */
export function problemsOf(route: Route): number[] {
  const { path, policy, query, lenientQuery, body, lenientBody, problems = [] } = route;
  const all = [
    ...EVERYWHERE,
    ...(policy.need === "public" ? [] : GUARDED),
    ...(body || lenientBody ? WITH_BODY : []),
    ...(query || lenientQuery ? [422] : []),
    ...(query && "cursor" in query.shape ? [400] : []),
    ...(/[:{]/.test(path) ? [404] : []),
    ...problems,
  ];
  return [...new Set(all)].sort();
}

/** Answers that are no problem, besides the usual one. */
export function answersOf({ answer, also = [] }: Route): Answer[] {
  return [answer, ...also];
}

export function describeProblem(status: number) {
  const titles = Object.values(ERRORS)
    .filter(([code]) => code === status)
    .map(([, title]) => title);
  return {
    description: `${titles.join(". ")}.`,
    ...(isPassing(status)
      ? {
          headers: {
            "Retry-After": {
              description: "Seconds until another try pays, where that is known.",
              schema: { type: "integer" },
            },
          },
        }
      : {}),
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

function isPassing(status: number): boolean {
  return status === 429 || status === 503 || status === 507;
}
