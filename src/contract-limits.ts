/** Beside the schemas, so that a page may know a bound without carrying them. */
export const INSIGHT_LIMITS = {
  /** Samples and claims a comparison names; all of them are counted. */
  namedSamples: 50,
  namedFlips: 100,
  rules: 30,
  trendDays: 400,
  /** Reviews before anything is corrected by them. */
  labelsToCorrect: 20,
  noteCharacters: 2000,
  /** Samples a picture of two metrics shows; of more every n-th. */
  points: 2000,
  /** Sentences of each text, and claims of each side, in an answer about one sample; no text is cut into more. */
  sentences: 500,
  sentencesAtMost: 40_000,
} as const;
