import { once } from "./once.ts";
import packed from "./simplified.json" with { type: "json" };

const FIRST = 0x4e00;
const OFFSET = 40;

// 繁 → 简, one character for one, for the common characters (Big5 level 1 and frequent variants): 5 kB in the bundle
// where the whole conversion libraries take 30 and more. Both texts pass through it, so an ambiguous character
// (著, 乾) costs nothing: it becomes the same one on both sides.
// Packed by bench/judge/pack-simplified.ts: `steps` are the distances between the traditional characters in order,
// `pages` and `places` the upper and lower byte of each simplified one.
export const readSimplified = once((): ReadonlyMap<string, string> => {
  const pairs = new Map<string, string>();
  let code = FIRST;
  for (let i = 0; i < packed.steps.length; i++) {
    code += packed.steps.charCodeAt(i) - OFFSET;
    const page = packed.pages.charCodeAt(i) - OFFSET;
    const place = Number.parseInt(packed.places.slice(2 * i, 2 * i + 2), 16);
    pairs.set(String.fromCharCode(code), String.fromCharCode(FIRST + page * 256 + place));
  }
  return pairs;
});

/** Traditional characters as simplified ones; every other character stays. Linear. */
export function toSimplified(text: string): string {
  const simplified = readSimplified();
  let result = "";
  let copiedTo = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < FIRST) continue;
    const simple = simplified.get(text.charAt(i));
    if (simple === undefined) continue;
    result += text.slice(copiedTo, i) + simple;
    copiedTo = i + 1;
  }
  return copiedTo === 0 ? text : result + text.slice(copiedTo);
}
