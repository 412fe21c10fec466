import type { Steps } from "../steps.ts";

/** Sequences numbered or counted between two rests. */
const AT_ONCE = 200_000;

/**
 * For n = 1 to `most`: how many of the text's sequences of n items a reference holds too, each as often as the reference
 * that has it most often. A sequence is numbered as its beginning plus one item, so the cost is that of the texts, and
 * nothing is put together of letters.
 */
export function* countSharedGrams(
  text: readonly string[],
  references: readonly (readonly string[])[],
  most: number,
): Steps<number[]> {
  const numbers = new Map<string, number>();
  const others: Int32Array[] = [];
  for (const reference of references) others.push(yield* numberItems(reference, numbers, true));
  const own = yield* numberItems(text, numbers, false);
  const size = others.reduce((sum, { length }) => sum + length, 0);
  const shared: number[] = [];
  let grams: Int32Array = own;
  let known: readonly Int32Array[] = others;
  for (let order = 1; order <= most; order++) {
    if (order > 1) {
      const pairs = new PairNumbers(size);
      const longer: Int32Array[] = [];
      for (const [i, items] of others.entries()) {
        longer.push(yield* lengthen(pairs, known[i] ?? items, items, order, true));
      }
      known = longer;
      grams = yield* lengthen(pairs, grams, own, order, false);
    }
    shared.push(yield* countShared(grams, known));
  }
  return shared;
}

function* numberItems(
  items: readonly string[],
  numbers: Map<string, number>,
  isNew: boolean,
): Steps<Int32Array> {
  const found = new Int32Array(items.length);
  for (let at = 0; at < items.length; at++) {
    const item = items[at] ?? "";
    const known = numbers.get(item);
    found[at] = known ?? (isNew ? numbers.size : NONE);
    if (known === undefined && isNew) numbers.set(item, numbers.size);
    if (at > 0 && at % AT_ONCE === 0) yield;
  }
  return found;
}

/** The number of what no reference holds. */
const NONE = -1;

/** Each sequence made longer by the item behind it; a new one of a reference gets a number. */
function* lengthen(
  pairs: PairNumbers,
  firsts: Int32Array,
  items: Int32Array,
  order: number,
  isReference: boolean,
): Steps<Int32Array> {
  const longer = new Int32Array(Math.max(0, items.length - order + 1));
  for (let at = 0; at < longer.length; at++) {
    const first = firsts[at] ?? NONE;
    const item = items[at + order - 1] ?? NONE;
    longer[at] = first === NONE || item === NONE ? NONE : pairs.find(first, item, isReference);
    if (at > 0 && at % AT_ONCE === 0) yield;
  }
  return longer;
}

function* countShared(grams: Int32Array, references: readonly Int32Array[]): Steps<number> {
  const size = references.reduce((sum, { length }) => sum + length, 0);
  const allowed = new Int32Array(size);
  const counts = references.length > 1 ? new Int32Array(size) : allowed;
  for (const reference of references) {
    for (const gram of reference) {
      counts[gram] = (counts[gram] ?? 0) + 1;
      if (counts !== allowed) allowed[gram] = Math.max(allowed[gram] ?? 0, counts[gram] ?? 0);
    }
    if (counts !== allowed) for (const gram of reference) counts[gram] = 0;
    if (reference.length > AT_ONCE) yield;
  }
  let shared = 0;
  for (const gram of grams) {
    const left = gram === NONE ? 0 : (allowed[gram] ?? 0);
    if (left === 0) continue;
    allowed[gram] = left - 1;
    shared++;
  }
  if (grams.length > AT_ONCE) yield;
  return shared;
}

/** Numbers for pairs of numbers: open addressing, because a Map of a million keys takes a hundred megabytes. */
class PairNumbers {
  readonly #slots: Int32Array;
  readonly #firsts: Int32Array;
  readonly #seconds: Int32Array;
  #size = 0;

  constructor(most: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most + 2))).fill(NONE);
    this.#firsts = new Int32Array(most);
    this.#seconds = new Int32Array(most);
  }

  find(first: number, second: number, isNew: boolean): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    for (;;) {
      const known = this.#slots[slot] ?? NONE;
      if (known === NONE) break;
      if (this.#firsts[known] === first && this.#seconds[known] === second) return known;
      slot = (slot + 1) & mask;
    }
    if (!isNew) return NONE;
    this.#slots[slot] = this.#size;
    this.#firsts[this.#size] = first;
    this.#seconds[this.#size] = second;
    this.#size++;
    return this.#size - 1;
  }
}
