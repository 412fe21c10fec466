/**
 * Length of the longest common subsequence, 32 cells a step (Hyyrö's bit-parallel form): n · m ÷ 32 operations.
 */
export function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  const blocks = Math.ceil(a.length / 32);
  const masks = new Map<string, Uint32Array>();
  a.forEach((item, index) => {
    let mask = masks.get(item);
    if (!mask) {
      mask = new Uint32Array(blocks);
      masks.set(item, mask);
    }
    const block = index >>> 5;
    mask[block] = (mask[block] ?? 0) | (1 << (index & 31));
  });
  const state = new Uint32Array(blocks).fill(0xffffffff);
  for (const item of b) {
    const mask = masks.get(item);
    if (mask) step(state, mask);
  }
  let common = 0;
  a.forEach((_, index) => {
    if (((state[index >>> 5] ?? 0) & (1 << (index & 31))) === 0) common++;
  });
  return common;
}

/** V = (V + (V & M)) | (V & ~M), with the carry handed from block to block. */
function step(state: Uint32Array, mask: Uint32Array): void {
  let carry = 0;
  for (let block = 0; block < state.length; block++) {
    const bits = state[block] ?? 0;
    const matches = mask[block] ?? 0;
    const sum = bits + ((bits & matches) >>> 0) + carry;
    carry = sum > 0xffffffff ? 1 : 0;
    state[block] = ((sum >>> 0) | (bits & ~matches)) >>> 0;
  }
}
