import { FORMATS } from "./all-formats.ts";
import { type Format, plainName } from "./format.ts";

/** The format whose set of names these columns hold; null: none. */
export function recogniseFormat(columns: Iterable<string>): Format | null {
  const names = new NameSet(columns);
  return FORMATS.find(({ knownBy }) => knownBy.some((set) => names.holds(set))) ?? null;
}

/** Whether nothing but the set that leaves the answer's meaning open speaks for the format. */
export function isUnsure(format: Format, columns: Iterable<string>): boolean {
  if (!format.unsureBy) return false;
  const names = new NameSet(columns);
  return !format.knownBy.some((set) => set !== format.unsureBy && names.holds(set));
}

/** Names of columns, with those of the objects they lie in. */
class NameSet {
  readonly #exact: ReadonlySet<string>;
  readonly #plain: ReadonlySet<string>;
  readonly #holders: ReadonlySet<string>;

  constructor(columns: Iterable<string>) {
    this.#exact = new Set(columns);
    const all = [...this.#exact];
    const holders = all.flatMap((column) => {
      const parts = column.split(".").slice(0, -1);
      return parts.map((_, at) => plainName(parts.slice(0, at + 1).join(".")));
    });
    this.#holders = new Set(holders);
    this.#plain = new Set([...all.map(plainName), ...holders]);
  }

  holds(set: readonly string[]): boolean {
    return set.every((name) => {
      if (name.startsWith("!")) return !this.#plain.has(plainName(name.slice(1)));
      if (name.startsWith("=")) return this.#exact.has(name.slice(1));
      if (name.endsWith(".*")) return this.#holders.has(plainName(name.slice(0, -2)));
      return this.#plain.has(plainName(name));
    });
  }
}
