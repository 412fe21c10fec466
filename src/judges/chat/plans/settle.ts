/**
 * Waits for all, then throws the first failure: calls that were already paid for are still read and remembered, so a
 * later try of the sample does not pay for them again.
 */
export async function settle<T extends readonly Promise<unknown>[]>(
  promises: readonly [...T],
): Promise<{ [Index in keyof T]: Awaited<T[Index]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
