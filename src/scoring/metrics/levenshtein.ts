/**
 * Edit distance with unit costs, 32 cells a step (Myers' bit-parallel form over blocks, after Hyyrö):
 * n · m ÷ 32 operations. Common beginnings and ends cost nothing.
 */
export function levenshteinDistance(a: readonly string[], b: readonly string[]): number {
  let start = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++;
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  const pattern = a.slice(start, aEnd);
  const text = b.slice(start, bEnd);
  if (pattern.length === 0) return text.length;
  if (text.length === 0) return pattern.length;
  return distanceInBlocks(pattern, text);
}

function distanceInBlocks(pattern: readonly string[], text: readonly string[]): number {
  const blocks = Math.ceil(pattern.length / 32);
  const masks = maskPositions(pattern, blocks);
  const nothing = new Uint32Array(blocks);
  const up = new Uint32Array(blocks).fill(0xffffffff); // vertical differences of +1
  const down = new Uint32Array(blocks); // vertical differences of −1
  const lastBit = (pattern.length - 1) & 31;
  let distance = pattern.length;
  for (const character of text) {
    const mask = masks.get(character) ?? nothing;
    let carryUp = 1; // the first row of the table grows by one a column
    let carryDown = 0;
    for (let block = 0; block < blocks; block++) {
      const pv = up[block] ?? 0;
      const mv = down[block] ?? 0;
      const equal = (mask[block] ?? 0) | carryDown;
      const diagonal = ((((equal & pv) >>> 0) + pv) ^ pv) | equal | mv;
      let ph = mv | ~(diagonal | pv);
      let mh = pv & diagonal;
      if (block === blocks - 1) {
        if ((ph >>> lastBit) & 1) distance++;
        else if ((mh >>> lastBit) & 1) distance--;
      }
      const nextUp = ph >>> 31;
      const nextDown = mh >>> 31;
      ph = (ph << 1) | carryUp;
      mh = (mh << 1) | carryDown;
      const vertical = (mask[block] ?? 0) | mv;
      up[block] = (mh | ~(vertical | ph)) >>> 0;
      down[block] = (ph & vertical) >>> 0;
      carryUp = nextUp;
      carryDown = nextDown;
    }
  }
  return distance;
}

function maskPositions(pattern: readonly string[], blocks: number): Map<string, Uint32Array> {
  const masks = new Map<string, Uint32Array>();
  pattern.forEach((character, index) => {
    let mask = masks.get(character);
    if (!mask) {
      mask = new Uint32Array(blocks);
      masks.set(character, mask);
    }
    const block = index >>> 5;
    mask[block] = ((mask[block] ?? 0) | (1 << (index & 31))) >>> 0;
  });
  return masks;
}
