import { policyOf, type RoutePolicy } from "../access/route-policy.ts";
import { ERRORS } from "../errors.ts";
import type { Operation } from "./operation.ts";
import { parametersOf } from "./parameters.ts";

/** What any operation may come to. */
const EVERYWHERE = [421, 500, 503, 507];
/** What any operation that asks who is there may; 404: there is no such project as `X-Project` names. */
const GUARDED = [401, 403, 404, 429];
/** What reading a body may. */
const WITH_BODY = [400, 413, 415, 422];

export function policyOfOperation({ method, path }: Operation): RoutePolicy {
  return policyOf(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`);
}

/** Statuses of problem answers: what its parts may come to, and what is its own. */
export function problemsOf(operation: Operation): number[] {
  const names = parametersOf(operation).map((parameter) => `${parameter.in} ${parameter.name}`);
  const takesBody = operation.takes || operation.takesSubmission || operation.takesUpload;
  const all = [
    ...EVERYWHERE,
    ...(policyOfOperation(operation).need === "public" ? [] : GUARDED),
    ...(takesBody ? WITH_BODY : []),
    ...(operation.query ? [422] : []),
    ...(names.includes("query cursor") ? [400] : []),
    ...(names.some((name) => name.startsWith("path ")) ? [404] : []),
    ...(operation.problems ?? []),
  ];
  return [...new Set(all)].sort();
}

/** Answers that are no problem, besides the usual one. */
export function answersOf({ success, also = [] }: Operation): Operation["success"][] {
  return [success, ...also];
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
