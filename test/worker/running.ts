// One workerd runs many files: the modules of each are read anew, but its last consumers go on, and must not do so in the
// tables of the next. So those at work stand where all files see them.
const PLACE = Symbol.for("consumers at work");
const shared = globalThis as { [PLACE]?: Set<symbol> };
shared[PLACE] ??= new Set();
const running = shared[PLACE];

export async function countWhile<T>(work: () => Promise<T>): Promise<T> {
  const one = Symbol("a consumer");
  running.add(one);
  try {
    return await work();
  } finally {
    running.delete(one);
  }
}

/** Some wait for a judge that never answers, so not for ever, and not twice. */
export async function untilNoneRuns(mostMs: number): Promise<void> {
  const until = Date.now() + mostMs;
  while (running.size > 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  running.clear();
}
