import type * as z from "zod";
import { AppError } from "../errors.ts";
import { issueWords } from "../words/issue-words.ts";
import { said } from "../words/said.ts";
import type { Http } from "./http-context.ts";

/**
 * The query parameters a schema names; one without text counts as left out, others are not looked at.
 * @throws AppError `invalid_request` that says for each what is allowed
 */
export function readQuery<T extends z.ZodObject>(http: Http, schema: T): z.output<T> {
  const given = Object.keys(schema.shape).flatMap((name) => {
    const text = http.req.query(name)?.trim();
    return text ? [[name, text]] : [];
  });
  const parsed = schema.safeParse(Object.fromEntries(given), { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    const detail = said("parameter", { name, issue: issueWords(issue) });
    return { pointer: `#/${name}`, detail };
  });
  const details = errors.map(({ detail }) => detail);
  throw new AppError(said("invalid_request.fields_listed", { details }), { errors });
}
