import table from "./simplified.json" with { type: "json" };

// 繁 → 简, one character for one, for the common characters (Big5 level 1 and frequent variants): 9 kB in the bundle
// where the whole conversion libraries take 30 and more. Both texts pass through it, so an ambiguous character
// (著, 乾) costs nothing: it becomes the same one on both sides.
const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  Array.from(table.traditional, (character, i) => [character, table.simplified[i] ?? character]),
);

/** Traditional characters as simplified ones; every other character stays. Linear. */
export function toSimplified(text: string): string {
  let result = "";
  let copiedTo = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x4e00) continue;
    const simple = SIMPLIFIED.get(text.charAt(i));
    if (simple === undefined) continue;
    result += text.slice(copiedTo, i) + simple;
    copiedTo = i + 1;
  }
  return copiedTo === 0 ? text : result + text.slice(copiedTo);
}
