import { isMissing } from "../../../../src/intake/missing-value.ts";
import { fitOf, SINGLE, type Target } from "./column-names.ts";

/** What each column is; null: not sent. */
export type Mapping = ReadonlyMap<string, Target | null>;

/** By the names alone. Of two columns that fit the same, the surer name wins: 答案 is an answer unless 回答 is there. */
export function guessMapping(columns: readonly string[]): Mapping {
  const fits = columns.map((column) => ({ column, fit: fitOf(column) }));
  const best = new Map<Target, number>();
  for (const { fit } of fits) {
    if (fit) best.set(fit.target, Math.min(fit.rank, best.get(fit.target) ?? fit.rank));
  }
  const taken = new Set<Target>();
  return new Map(
    fits.map(({ column, fit }) => {
      if (!fit) return [column, null];
      const { target, rank } = fit;
      if (!SINGLE.has(target)) return [column, target];
      const isFirst = rank === best.get(target) && !taken.has(target);
      if (isFirst) taken.add(target);
      return [column, isFirst ? target : null];
    }),
  );
}

/** Gives a column its meaning; a meaning only one column can have is taken from the other. */
export function assign(mapping: Mapping, column: string, target: Target | null): Mapping {
  return new Map(
    [...mapping].map(([other, was]) => {
      if (other === column) return [other, target];
      return [other, target !== null && SINGLE.has(target) && was === target ? null : was];
    }),
  );
}

/** The fields the server gets for a row. */
export function applyMapping(
  fields: Readonly<Record<string, unknown>>,
  mapping: Mapping,
): Record<string, unknown> {
  const sample: Record<string, unknown> = {};
  const tags: [string, string][] = [];
  const parts = new Map<Target, unknown[]>();
  for (const [column, target] of mapping) {
    const value = Object.hasOwn(fields, column) ? fields[column] : undefined;
    if (target === null || value === undefined) continue;
    if (target === "tag") {
      if (!isMissing(value)) tags.push([column, tagText(value)]);
    } else if (SINGLE.has(target)) sample[target] = value;
    else parts.set(target, [...(parts.get(target) ?? []), value]);
  }
  for (const [target, values] of parts) sample[target] = together(values);
  if (tags.length > 0) sample.tags = Object.fromEntries(tags);
  return sample;
}

function tagText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value).trim();
}

/** One column is sent as it is, for the server knows many shapes of it; several become one list of passages. */
function together(values: readonly unknown[]): unknown {
  if (values.length === 1) return values[0];
  return values.flat().filter((value) => !isMissing(value));
}
