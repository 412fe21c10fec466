/** The upper one of two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** To hundredths. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
