/** Two decimals; never `-0.00`. */
export function formatScore(value: number): string {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

export function formatInterval(interval: readonly [number, number]): string {
  return `${formatScore(interval[0])}–${formatScore(interval[1])}`;
}

/** A difference that is not nothing is never shown as nothing. */
export function formatGain(value: number): string {
  return value > 0 && value < 0.005 ? "< 0.01" : formatScore(value);
}
