import * as z from "zod";
import { LIMITS } from "../contract/limits.ts";
import { CRITERION_PREFIX } from "../criterion-metric.ts";
import { METRIC_NAMES } from "../scoring/metrics/registry.ts";
import { rule } from "../words/issue-words.ts";
import { said } from "../words/said.ts";

/**
 * Query parameters that several routes have: the server reads them with these, and the API documents are made of them.
 * A message goes on after the parameter's name and says what is allowed.
 */

export const wholeNumber = (limit: number) => {
  const error = rule(said("rule_whole_number", { limit }));
  return z.coerce.number(error).int(error).min(1, error);
};
export const oneOf = <const T extends readonly string[]>(
  values: T,
  code: "rule_one_of" | "rule_metric" = "rule_one_of",
) => z.enum(values, rule(said(code, { values: values.join(", ") })));
export const textOf = (characters: number) =>
  z.string().max(characters, rule(said("rule_characters", { limit: characters })));

const DEFAULT_PAGE_SIZE = 50;

/** Of every list. */
export const page = {
  limit: wholeNumber(LIMITS.pageSize)
    .transform((rows) => Math.min(rows, LIMITS.pageSize))
    .default(DEFAULT_PAGE_SIZE)
    .describe(
      `Rows of a page, 1 to ${LIMITS.pageSize}; more count as ${LIMITS.pageSize}; default ${DEFAULT_PAGE_SIZE}.`,
    ),
  cursor: z
    .string()
    .optional()
    .describe("`next_cursor` of the page before, with the same filters."),
};

export const PageQuery = z.object(page);

const NAME_AND_VALUE = 2 * LIMITS.tagCharacters + 1;
export const tag = (pattern: RegExp, code: "rule_tag_or_value" | "rule_tag_value") =>
  textOf(NAME_AND_VALUE)
    .regex(pattern, rule(said(code)))
    .optional();
export const tagOrValue = tag(/^[^=]/, "rule_tag_or_value").describe("`name` or `name=value`.");

const DAY = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?`;
const ZONE = String.raw`(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?`;
export const time = (meaning: string) =>
  z
    .string()
    .regex(new RegExp(`^${DAY}(T${CLOCK}${ZONE})?$`), rule(said("rule_time")))
    .optional()
    .describe(`ISO 8601 time, ${meaning}.`);

/** Of a search only so many characters count: what is searched has no more. */
export const search = z
  .string()
  .transform((text) => text.slice(0, LIMITS.previewCharacters))
  .optional();
export const sessionId = textOf(LIMITS.sessionIdCharacters).optional();

// Aborting, or the union would tell of this pattern alone.
export const criterion = z
  .string()
  .regex(new RegExp(`^${CRITERION_PREFIX}.{1,${LIMITS.criterionNameCharacters}}$`, "u"), {
    abort: true,
  });
export const metric = oneOf(METRIC_NAMES, "rule_metric");

export const bound = z.coerce.number(rule(said("rule_number"))).optional();

/** What bounds a value must say of which: a list that is empty for want of it looks like an answer. */
export function bounded<Q extends { below?: unknown; above?: unknown }>(
  query: Q,
  context: z.RefinementCtx<Q>,
  subjects: readonly unknown[],
): void {
  if (subjects.some((subject) => subject !== undefined)) return;
  for (const name of ["below", "above"] as const) {
    if (query[name] === undefined) continue;
    context.addIssue({ code: "custom", path: [name], message: rule(said("rule_subject")) });
  }
}
