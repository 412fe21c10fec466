/** Scripts written without spaces cost about a token a character, others about a token for four. */
const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g;

/** Tokens of a text, estimated on the high side; only used to cut long inputs into several calls. */
export function estimateTokens(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0;
  return wide + Math.ceil((text.length - wide) / 3.5);
}

/** Cuts a list into runs whose costs stay within `limit`; an item above the limit stands alone. */
export function cutByCost<T>(
  items: readonly T[],
  limit: number,
  costOf: (item: T) => number,
): T[][] {
  const runs: T[][] = [];
  let run: T[] = [];
  let cost = 0;
  for (const item of items) {
    const itemCost = costOf(item);
    if (run.length > 0 && cost + itemCost > limit) {
      runs.push(run);
      run = [];
      cost = 0;
    }
    run.push(item);
    cost += itemCost;
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
