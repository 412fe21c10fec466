import { FORMATS } from "./all-formats.ts";
import { rememberByNames } from "./by-names.ts";
import { type Format, plainName } from "./format.ts";

export interface Recognised {
  format: Format | null;
  /** Nothing but the set that leaves the answer's meaning open speaks for the format. */
  isUnsure: boolean;
}

/** The format whose set of names these columns hold. */
export const recogniseFormat = rememberByNames((columns): Recognised => {
  const names = new NameSet(columns);
  for (const format of FORMATS) {
    const sets = format.knownBy.filter((set) => names.holds(set));
    if (sets.length > 0) return { format, isUnsure: sets.every((set) => set === format.unsureBy) };
  }
  return { format: null, isUnsure: false };
});

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
