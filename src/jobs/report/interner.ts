/** Beyond this the keys cost more than they save. */
const MOST_VALUES = 20_000;

/** Keeps one object for all that are equal; for values that are small and often the same. */
export class Interner {
  readonly #known = new Map<string, unknown>();

  share<T>(value: T): T {
    const key = JSON.stringify(value);
    const known = this.#known.get(key);
    if (known !== undefined) return known as T;
    if (this.#known.size < MOST_VALUES) this.#known.set(key, value);
    return value;
  }

  shareValues<T>(record: Record<string, T>): Record<string, T> {
    return Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name, this.share(value)]),
    );
  }
}
