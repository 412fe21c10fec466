import type * as z from "zod";
import { AppError } from "../errors.ts";
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
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return { pointer: `#/${name}`, detail: `\`${name}\` ${issue.message}.` };
  });
  throw new AppError("invalid_request", errors.map(({ detail }) => detail).join(" "), { errors });
}
