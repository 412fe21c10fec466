/** Lets requests to this isolate in between two long computations, which wait for nothing by themselves. */
export function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
