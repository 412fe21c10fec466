/** Shorter than anybody notices, and well below what a browser calls a long task. */
const SLICE_MS = 30;

/** Lets the page breathe in long work: resolves at once, or after the browser had its turn. */
export function createPace(signal: AbortSignal): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    signal.throwIfAborted();
    if (performance.now() - since < SLICE_MS) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
