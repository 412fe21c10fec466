import type * as z from "zod";
import { AppError } from "../errors.ts";
import { JSON_DEPTH, nestsDeeperThan } from "../intake/parse-json.ts";
import { readBytes } from "../intake/read-bytes.ts";
import { issueWords } from "../words/issue-words.ts";
import { said } from "../words/said.ts";
import type { Http } from "./http-context.ts";
import type { Route } from "./route.ts";

const LARGEST_BODY_BYTES = 16 * 1024;

/**
 * Reads a small JSON body and checks it. The content type must say JSON: a form of another site can send
 * everything else without asking first.
 * @throws AppError `unsupported_media_type`, `body_too_large`, `body_unreadable`, `invalid_request`
 */
export async function readJsonBody<T extends z.ZodType>(
  http: Http,
  schema: T,
  {
    mostBodyBytes = LARGEST_BODY_BYTES,
    isBodyOptional,
  }: Pick<Route, "mostBodyBytes" | "isBodyOptional">,
): Promise<z.infer<T>> {
  const isEmpty = http.req.header("content-length") === "0" || http.req.raw.body === null;
  if (isBodyOptional && isEmpty) return schema.parse({});
  const type = http.req.header("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError(said("unsupported_media_type.want_json"));
  }
  const bytes = await readBytes(http.req.raw, mostBodyBytes);
  const parsed = schema.safeParse(parse(new TextDecoder().decode(bytes)), { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 20).map((issue) => ({
    pointer: `#/${issue.path.map((step) => escapePointer(String(step))).join("/")}`,
    detail: said("schema_issue", { issue: issueWords(issue) }),
  }));
  const details = errors.map((error) => said("pointed", { ...error }));
  throw new AppError(said("invalid_request.fields_listed", { details }), { errors });
}

function parse(text: string): unknown {
  if (nestsDeeperThan(text, JSON_DEPTH)) {
    throw new AppError(said("body_unreadable.deep", { levels: JSON_DEPTH }));
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError(said("body_unreadable.no_json"), { cause });
  }
}

function escapePointer(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 100);
}
