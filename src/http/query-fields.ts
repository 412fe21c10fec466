import * as z from "zod";
import { LIMITS } from "../contract.ts";
import { CRITERION_PREFIX } from "../criterion-metric.ts";
import { METRIC_NAMES } from "../scoring/metrics/registry.ts";

/**
 * Query parameters that several routes have: the server reads them with these, and the API documents are made of them.
 * A message goes on after the parameter's name and says what is allowed.
 */

export const wholeNumber = (error: string) => z.coerce.number(error).int(error).min(1, error);
export const oneOf = <const T extends readonly string[]>(values: T, more = "") =>
  z.enum(values, `must be one of: ${values.join(", ")}${more}`);
export const textOf = (characters: number) =>
  z.string().max(characters, `must have at most ${characters} characters`);

const DEFAULT_PAGE_SIZE = 50;

/** Of every list. */
export const page = {
  limit: wholeNumber(`must be a whole number from 1 to ${LIMITS.pageSize}`)
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
export const tag = (pattern: RegExp, words: string) =>
  textOf(NAME_AND_VALUE).regex(pattern, `must be a tag: ${words}`).optional();
export const tagOrValue = tag(/^[^=]/, "`name` or `name=value`").describe(
  "`name` or `name=value`.",
);

const DAY = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?`;
const ZONE = String.raw`(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?`;
export const time = (meaning: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${DAY}(T${CLOCK}${ZONE})?$`),
      "must be a time such as 2026-01-31 or 2026-01-31T08:00:00Z",
    )
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
export const metric = oneOf(METRIC_NAMES, "; see GET /api/metrics");
