/** Bounds of what a client may send. */

export const LIMITS = {
  /** Bytes of a request body. */
  bodyBytes: 2 * 1024 * 1024,
  /** Bytes and rows of a batch. */
  batchBytes: 50 * 1024 * 1024,
  batchRows: 50_000,
  /** Bad rows named on the job itself; all of them are at `/bad-rows`. */
  badRowsListed: 100,
  passages: 100,
  metrics: 60,
  criteria: 10,
  criterionNameCharacters: 64,
  criterionTextCharacters: 2000,
  tags: 16,
  tagCharacters: 64,
  nameCharacters: 200,
  sessionIdCharacters: 200,
  previewCharacters: 200,
  /** Of previews in lists: a Chinese character takes two. */
  questionColumns: 160,
  answerColumns: 80,
  /** Of the question by which a list of runs names a run of one sample. */
  runColumns: 80,
  /** Seconds `Prefer: wait` may ask for. */
  waitSeconds: 30,
  pageSize: 100,
} as const;

/** Beside the schemas, so that a page may know a bound without carrying them. */
export const INSIGHT_LIMITS = {
  /** Samples and claims a comparison names; all of them are counted. */
  namedSamples: 50,
  namedFlips: 100,
  namedPairs: 500,
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
