import type * as z from "zod";
import { Problem } from "../../src/contract/service.ts";
import { answersOf, problemsOf } from "../../src/openapi/answers.ts";
import { OPERATIONS, type Operation } from "../../src/openapi/operations.ts";

const ROUTES = OPERATIONS.map((operation) => ({
  operation,
  // What stands in a name comes after what is written out.
  pattern: new RegExp(`^${operation.path.replace(/\{\w+\}/g, "[^/]+")}$`),
})).sort((a, b) => a.operation.path.split("{").length - b.operation.path.split("{").length);

function operationAt(method: string, path: string): Operation | undefined {
  return ROUTES.find(({ operation, pattern }) => operation.method === method && pattern.test(path))
    ?.operation;
}

/**
 * Throws when an answer is not what the API document says: another status, another content type, a field it does not
 * name. Every request of the tests goes through this, so whatever they provoke is described.
 */
export async function checkDocumented(method: string, url: string, answer: Response) {
  const operation = operationAt(method, new URL(url).pathname);
  if (operation === undefined) return;
  const said = `${operation.id} answers ${answer.status}`;
  const isJson = /json/.test(answer.headers.get("Content-Type") ?? "");
  const described = answersOf(operation).find(({ status }) => status === answer.status);
  if (described === undefined) {
    if (!problemsOf(operation).includes(answer.status))
      throw new Error(`${said}: undocumented, at ${url.slice(0, 200)}`);
    return compare(said, Problem, await answer.clone().json());
  }
  if (described.body !== undefined && isJson) {
    compare(said, described.body, await answer.clone().json());
  }
}

function compare(said: string, schema: z.ZodType, body: unknown): void {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error(`${said} with another body: ${parsed.error.message}`);
  const extra = namesBeyond(body, parsed.data, "");
  if (extra.length > 0)
    throw new Error(`${said} with fields nobody describes: ${extra.join(", ")}`);
}

/** Fields of the answer that its schema does not know, and so cut off. */
function namesBeyond(given: unknown, known: unknown, at: string): string[] {
  if (typeof given !== "object" || given === null) return [];
  return Object.entries(given).flatMap(([name, value]) => {
    const path = `${at}/${name}`;
    if (typeof known !== "object" || known === null || !(name in known)) return [path];
    return namesBeyond(value, Reflect.get(known, name), path);
  });
}
