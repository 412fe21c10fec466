/** What `src/judges/offline/simplified.json` holds; see there for what each string is. */
export interface PackedPairs {
  steps: string;
  pages: string;
  places: string;
}

const FIRST = 0x4e00;
const OFFSET = 40;

/** Packs pairs of a traditional and a simplified character, to add to the table or to take from it. */
export function packSimplified(pairs: ReadonlyMap<string, string>): PackedPairs {
  const packed: PackedPairs = { steps: "", pages: "", places: "" };
  let last = FIRST;
  for (const [traditional, simplified] of [...pairs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const code = traditional.charCodeAt(0);
    const place = simplified.charCodeAt(0) - FIRST;
    packed.steps += String.fromCharCode(OFFSET + code - last);
    packed.pages += String.fromCharCode(OFFSET + (place >> 8));
    packed.places += (place & 255).toString(16).padStart(2, "0");
    last = code;
  }
  return packed;
}
