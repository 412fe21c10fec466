/**
 * F-beta of counts: (1 + β²)·P·R ÷ (β²·P + R) with P = tp ÷ (tp + fp) and R = tp ÷ (tp + fn); a share with nothing to
 * divide by is 0, and so is F when both are 0. Range 0..1.
 */
export function fBeta(tp: number, fp: number, fn: number, beta = 1): number {
  const precision = tp + fp === 0 ? 0 : tp / (tp + fp);
  const recall = tp + fn === 0 ? 0 : tp / (tp + fn);
  if (precision === 0 && recall === 0) return 0;
  const weight = beta * beta;
  return ((1 + weight) * precision * recall) / (weight * precision + recall);
}

/** 2·P·R ÷ (P + R), 0 when both are 0. */
export function harmonicMean(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** Two decimals, halves to the even neighbour, as NumPy rounds. */
export function roundHalfEven(value: number): number {
  const scaled = value * 100;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  if (rest !== 0.5) return Math.round(scaled) / 100;
  return (below % 2 === 0 ? below : below + 1) / 100;
}
