import type { Steps } from "../steps.ts";

/** Rows of a table that go into one 32-bit number. */
const STRIP = 32;

/** Steps between two rests. */
const STEPS_AT_ONCE = 10_000_000;

/** Items numbered between two rests. */
const ITEMS_AT_ONCE = 500_000;

/** Equal items of both lists as equal numbers, and how many there are. */
export function* numberItems(
  a: readonly string[],
  b: readonly string[],
): Steps<[Int32Array, Int32Array, number]> {
  const numbers = new Map<string, number>();
  const [rows, columns] = [new Int32Array(a.length), new Int32Array(b.length)];
  for (const [items, into] of [[a, rows] as const, [b, columns] as const]) {
    for (let at = 0; at < items.length; at++) {
      const item = items[at] ?? "";
      const number = numbers.get(item) ?? numbers.size;
      if (number === numbers.size) numbers.set(item, number);
      into[at] = number;
      if (at > 0 && at % ITEMS_AT_ONCE === 0) yield;
    }
  }
  return [rows, columns, numbers.size];
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
