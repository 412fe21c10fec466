import type { Steps } from "../steps.ts";

/** Characters looked at between two rests. */
const AT_ONCE = 10_000_000;
const BASE = 0x01000193;
const FILTER = 0xffff;

/** What a search costs: the source is walked once for every length of part there is. */
export function costOfSearch(source: string, parts: Iterable<string>): number {
  const lengths = new Set<number>();
  for (const { length } of parts) lengths.add(length);
  return lengths.size * source.length;
}

/**
 * Those of the parts that stand in the source. All parts of one length are looked for at once by a rolling hash (Rabin
 * and Karp), because the engine's own search takes the square of the length for texts made for it ("aaaab" in "aaaa…").
 * `mayStand` says whether a place counts, and is asked before the letters are compared.
 */
export function* findParts(
  source: string,
  parts: ReadonlySet<string>,
  mayStand: (start: number, end: number) => boolean = () => true,
): Steps<Set<string>> {
  const found = new Set<string>();
  const codes = new Uint16Array(source.length);
  for (let at = 0; at < source.length; at++) codes[at] = source.charCodeAt(at);
  let walked = 0;
  for (const [length, group] of groupByLength(parts)) {
    if (length === 0) found.add("");
    if (length === 0 || length > source.length) continue;
    walked += findOfLength(source, codes, length, group, mayStand, found);
    if (walked < AT_ONCE) continue;
    walked = 0;
    yield;
  }
  return found;
}

/** Adds what it finds, and returns how far it had to walk. */
function findOfLength(
  source: string,
  codes: Uint16Array,
  length: number,
  parts: readonly string[],
  mayStand: (start: number, end: number) => boolean,
  found: Set<string>,
): number {
  const byHash = new Map<number, string[]>();
  const filter = new Uint8Array(FILTER + 1);
  for (const part of parts) {
    let hash = 0;
    for (let at = 0; at < length; at++) hash = (Math.imul(hash, BASE) + part.charCodeAt(at)) | 0;
    byHash.set(hash, [...(byHash.get(hash) ?? []), part]);
    filter[hash & FILTER] = 1;
  }
  let left = parts.length;
  let power = 1;
  for (let at = 1; at < length; at++) power = Math.imul(power, BASE);
  let hash = 0;
  for (let at = 0; at < codes.length; at++) {
    const start = at - length + 1;
    if (start > 0) hash = (hash - Math.imul(codes[start - 1] ?? 0, power)) | 0;
    hash = (Math.imul(hash, BASE) + (codes[at] ?? 0)) | 0;
    if (start < 0 || filter[hash & FILTER] === 0 || !mayStand(start, at + 1)) continue;
    for (const part of byHash.get(hash) ?? []) {
      if (found.has(part) || !source.startsWith(part, start)) continue;
      found.add(part);
      left--;
      if (left === 0) return at;
    }
  }
  return codes.length;
}

function groupByLength(parts: ReadonlySet<string>): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const part of parts) {
    const group = groups.get(part.length);
    if (group) group.push(part);
    else groups.set(part.length, [part]);
  }
  return groups;
}
