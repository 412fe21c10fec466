/**
 * A seeded stream of numbers in [0, 1): xorshift with 32 bits of state. Good enough to resample with, the same on
 * every machine, and free of the outside world, which scoring must be.
 */
export function createRandom(seed: number): () => number {
  // In an array the state stays a plain integer; as a variable every step would put a number on the heap.
  const state = Uint32Array.of(seed || 0x9e3779b9);
  return () => {
    let next = state[0] ?? 0;
    next ^= next << 13;
    next ^= next >>> 17;
    state[0] = next ^ (next << 5);
    return (state[0] ?? 0) / 0x1_0000_0000;
  };
}
