export interface KnownMean {
  mean: number;
  /** 95 %; null when nothing is known of its spread. */
  interval: readonly [number, number] | null;
}

export interface UnpairedDifference {
  /** other − base */
  difference: number;
  /** 95 %; null when one of the two has no interval. */
  interval: [number, number] | null;
  /** `unclear`: the interval holds zero, or there is none. */
  side: "above" | "below" | "unclear";
}

/**
 * The difference of two means of which only the intervals are known, by the method of variance estimates recovery
 * (MOVER, Zou and Donner 2008). It takes the two runs for independent, so over the same samples it is wider than the
 * paired comparison, which may find a difference real that this leaves unclear.
 */
export function differenceOfMeans(base: KnownMean, other: KnownMean): UnpairedDifference {
  const difference = other.mean - base.mean;
  if (base.interval === null || other.interval === null) {
    return { difference, interval: null, side: "unclear" };
  }
  const [baseLow, baseHigh] = base.interval;
  const [otherLow, otherHigh] = other.interval;
  const low = difference - Math.hypot(other.mean - otherLow, baseHigh - base.mean);
  const high = difference + Math.hypot(otherHigh - other.mean, base.mean - baseLow);
  const side = low > 0 ? "above" : high < 0 ? "below" : "unclear";
  return { difference, interval: [low, high], side };
}
