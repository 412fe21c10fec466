export const CRITERION_PREFIX = "criterion:";

/** The metric of a user's own criterion. */
export function criterionMetric(name: string): string {
  return `${CRITERION_PREFIX}${name}`;
}
