import { FORMATS } from "./all-formats.ts";
import { rememberByNames } from "./by-names.ts";
import { type Fit, fitOf } from "./common-names.ts";
import { type Format, plainName, SINGLE, TARGETS, type Target } from "./format.ts";

/** What each column is; null: not read. */
export type Mapping = ReadonlyMap<string, Target | null>;

/** By the names alone: first as the format has them, then as people name columns. */
export function mapColumns(columns: readonly string[], format: Format | null): Mapping {
  return (format ? (BY_FORMAT.get(format.id) ?? mapByName) : mapByName)(columns);
}

const mapByName = rememberByNames((columns): Mapping => {
  const mapping = new Map<string, Target | null>(columns.map((column) => [column, null]));
  assignByName(columns, mapping, new Set());
  return mapping;
});

const BY_FORMAT = new Map(
  FORMATS.map((format) => [format.id, rememberByNames((columns) => mapByFormat(columns, format))]),
);

function mapByFormat(columns: readonly string[], format: Format): Mapping {
  const mapping = new Map<string, Target | null>(columns.map((column) => [column, null]));
  const taken = new Set<Target>();
  const plain = columns.map((column) => ({ column, name: plainName(column) }));
  for (const target of TARGETS) {
    const column = findColumn(plain, format.fields[target] ?? [], mapping);
    if (column === null) continue;
    mapping.set(column, target);
    taken.add(target);
  }
  const foreign = new Set(format.foreign?.map(plainName));
  const rest = plain.flatMap(({ column, name }) =>
    mapping.get(column) === null && !foreign.has(name) ? column : [],
  );
  assignByName(rest, mapping, taken);
  return mapping;
}

/** Of two columns that fit the same, the surer name wins: 答案 is an answer unless 回答 is there. */
function assignByName(
  columns: readonly string[],
  mapping: Map<string, Target | null>,
  taken: Set<Target>,
): void {
  const fits = columns.flatMap((column) => {
    const fit = fitOf(nameOfVariable(column));
    return fit && !taken.has(fit.target) ? [{ column, fit }] : [];
  });
  const best = new Map<Target, Fit>();
  for (const { fit } of fits) {
    const known = best.get(fit.target);
    if (!known || isSurer(fit, known)) best.set(fit.target, fit);
  }
  const done = new Set<Target>();
  for (const { column, fit } of fits) {
    const first = best.get(fit.target);
    const isOne = fit.isNumbered && first?.isNumbered === true;
    if (!isOne && (done.has(fit.target) || fit.rank !== first?.rank || fit.isNumbered)) continue;
    mapping.set(column, fit.target);
    done.add(fit.target);
  }
}

/** A column that holds the whole list is surer than one of several. */
function isSurer(a: Fit, b: Fit): boolean {
  return a.isNumbered === b.isNumbered ? a.rank < b.rank : !a.isNumbered;
}

/** People choose the names of promptfoo's variables, so `vars.问题` is read as 问题 is. */
function nameOfVariable(column: string): string {
  return column.replace(/^vars\./, "");
}

function findColumn(
  columns: readonly { column: string; name: string }[],
  paths: readonly string[],
  mapping: Mapping,
): string | null {
  const isFree = ({ column }: { column: string }) => mapping.get(column) === null;
  for (const path of paths) {
    if (path.endsWith(".*")) {
      const holder = plainName(path.slice(0, -2));
      const inner = columns.filter(
        ({ column }) =>
          column.includes(".") && plainName(column.slice(0, column.indexOf("."))) === holder,
      );
      const [only] = inner;
      if (inner.length === 1 && only && isFree(only)) return only.column;
      continue;
    }
    const wanted = plainName(path);
    const found = columns.find((one) => one.name === wanted && isFree(one));
    if (found) return found.column;
  }
  return null;
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
