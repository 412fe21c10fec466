/** Rows of a table that go into one 32-bit number. */
const STRIP = 32;

/** Steps between two rests. */
const STEPS_AT_ONCE = 10_000_000;

/** Equal items of both lists as equal numbers, and how many there are. */
export function numberItems(
  a: readonly string[],
  b: readonly string[],
): [Int32Array, Int32Array, number] {
  const numbers = new Map<string, number>();
  const number = (item: string): number => {
    const known = numbers.get(item);
    if (known !== undefined) return known;
    numbers.set(item, numbers.size);
    return numbers.size - 1;
  };
  return [Int32Array.from(a, number), Int32Array.from(b, number), numbers.size];
}

/** For the strip at hand: at which of its rows each item stands. Only the items of one strip are ever set. */
export class StripMasks {
  readonly masks: Uint32Array;
  /** Rows of the strip. */
  height = 0;
  readonly #rows: Int32Array;
  #start = 0;
  #steps = 0;

  constructor(rows: Int32Array, kinds: number) {
    this.#rows = rows;
    this.masks = new Uint32Array(kinds);
  }

  /** Goes on to the next strip; false: there is none. */
  next(): boolean {
    const start = this.#start + this.height;
    for (let at = this.#start; at < start; at++) this.masks[this.#rows[at] ?? 0] = 0;
    this.#start = start;
    this.height = Math.min(STRIP, this.#rows.length - start);
    for (let row = 0; row < this.height; row++) {
      const item = this.#rows[start + row] ?? 0;
      this.masks[item] = ((this.masks[item] ?? 0) | (1 << row)) >>> 0;
    }
    return this.height > 0;
  }

  isTimeToRest(steps: number): boolean {
    this.#steps += steps;
    if (this.#steps < STEPS_AT_ONCE) return false;
    this.#steps = 0;
    return true;
  }
}
