/**
 * A seeded stream of numbers in [0, 1): xorshift with 32 bits of state. Good enough to resample with, the same on
 * every machine, and free of the outside world, which scoring must be.
 */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0 || 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x1_0000_0000;
  };
}
