/**
 * Work that says where it may rest: each `yield` is a place at which others can be let in. Whoever runs it decides
 * whether to; the result is the same.
 */
export type Steps<T> = Generator<void, T, void>;

/** Lets others in, and resolves when it is our turn again. */
export type Pause = () => Promise<void>;

export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Without a pause as `runAtOnce`. */
export async function runWithPauses<T>(steps: Steps<T>, pause: Pause | undefined): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause?.();
  }
}
