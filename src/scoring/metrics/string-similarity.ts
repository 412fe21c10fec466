import { runAtOnce, type Steps } from "../steps.ts";
import { levenshteinInSteps } from "./levenshtein.ts";

/*
 * Likeness of two strings over Unicode code points (not UTF-16 units), as RapidFuzz and with it Ragas'
 * `non_llm_string_similarity` define it. All 0..1, higher is better, symmetric; both empty 1, one empty 0.
 */

/** Texts of more are compared in steps. */
const LONG_CHARACTERS = 100_000;

/** 1 − edit distance ÷ longer length. */
export function levenshteinSimilarity(a: string, b: string): number {
  return runAtOnce(similarityInSteps(a, b));
}

/** The same for texts that may be long. */
export function* similarityInSteps(a: string, b: string): Steps<number> {
  const left = [...a];
  const right = [...b];
  const longer = Math.max(left.length, right.length);
  if (longer > LONG_CHARACTERS) yield;
  return longer === 0 ? 1 : 1 - (yield* levenshteinInSteps(left, right)) / longer;
}

/** 1 − differing positions ÷ longer length; the positions the shorter one lacks differ. */
export function hammingSimilarity(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  const longer = Math.max(left.length, right.length);
  if (longer === 0) return 1;
  let differing = 0;
  for (let i = 0; i < longer; i++) if (left[i] !== right[i]) differing++;
  return 1 - differing / longer;
}

/**
 * Jaro: (c ÷ |a| + c ÷ |b| + (c − t) ÷ c) ÷ 3, with c characters common within half the longer length and t half
 * the number of those that stand in another order.
 */
export function jaroSimilarity(a: string, b: string): number {
  return runAtOnce(jaroInSteps(a, b));
}

/** The same for texts that may be long. */
export function* jaroInSteps(a: string, b: string): Steps<number> {
  const left = [...a];
  const right = [...b];
  const isLong = left.length + right.length > LONG_CHARACTERS;
  if (isLong) yield;
  if (left.length === 0 && right.length === 0) return 1;
  const [matchedLeft, matchedRight] = yield* matchWithin(left, right);
  if (isLong) yield;
  const common = matchedLeft.length;
  if (common === 0) return 0;
  let displaced = 0;
  matchedLeft.forEach((character, i) => {
    if (character !== matchedRight[i]) displaced++;
  });
  const transpositions = Math.floor(displaced / 2);
  return (common / left.length + common / right.length + (common - transpositions) / common) / 3;
}

const PREFIX_LIMIT = 4;
const PREFIX_WEIGHT = 0.1;
const BOOST_ABOVE = 0.7;

/** Jaro raised by the common prefix: j + 0.1 · prefix (at most 4) · (1 − j), only when j > 0.7. */
export function jaroWinklerSimilarity(a: string, b: string): number {
  return runAtOnce(jaroWinklerInSteps(a, b));
}

/** The same for texts that may be long. */
export function* jaroWinklerInSteps(a: string, b: string): Steps<number> {
  const jaro = yield* jaroInSteps(a, b);
  if (jaro <= BOOST_ABOVE) return jaro;
  const left = [...a];
  const right = [...b];
  let prefix = 0;
  while (prefix < PREFIX_LIMIT && prefix < left.length && left[prefix] === right[prefix]) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

/**
 * The characters both sides share within the window, in the order of each side. Every character takes its first free
 * place in the window; as the window only moves on, a pointer per character is enough and the work is linear.
 */
function* matchWithin(
  left: readonly string[],
  right: readonly string[],
): Steps<[string[], string[]]> {
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1);
  const places = new Map<string, number[]>();
  right.forEach((character, index) => {
    const known = places.get(character);
    if (known) known.push(index);
    else places.set(character, [index]);
  });
  if (right.length > LONG_CHARACTERS) yield;
  const pointers = new Map<string, number>();
  const matched: string[] = [];
  const taken: number[] = [];
  left.forEach((character, index) => {
    const positions = places.get(character) ?? [];
    let pointer = pointers.get(character) ?? 0;
    while ((positions[pointer] ?? Number.POSITIVE_INFINITY) < index - reach) pointer++;
    const position = positions[pointer];
    if (position !== undefined && position <= index + reach) {
      matched.push(character);
      taken.push(position);
      pointer++;
    }
    pointers.set(character, pointer);
  });
  if (left.length > LONG_CHARACTERS) yield;
  taken.sort((a, b) => a - b);
  return [matched, taken.map((position) => right[position] ?? "")];
}
