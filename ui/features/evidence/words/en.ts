/** People's word on what the judge said. */
export const review = {
  agree: "Agree",
  disagree: "Disagree",
  unsure: "Not sure",
  ofClaim: (id: string) => `Do you agree on claim ${id}?`,
  ofSample: "Is the judgement of the whole sample right?",
  ofSampleCause: (cause: string) => `Is “${cause}” the right diagnosis of this sample?`,
  ofSampleFine: "The judge found no fault in this sample. Is that right?",
  progress: (done: string, all: string) => `${done} of ${all} problems reviewed`,
  progressOfClaims: (done: string, all: string) => `${done} of ${all} claims reviewed`,
  allDone: "Done; j goes on to the next sample.",
  undo: "Undo",
  undone: "Undone",
  keys: "y agree · n disagree · s not sure · p next problem · j k sample · ↑ ↓ claim · → evidence · u undo · Y N whole sample",
  instead: "It should be",
  insteadNone: "not specified",
  note: "Note",
  notePlaceholder: "Why? Your team can read it.",
  saveCase: "Save as a case",
  saveCaseMeaning:
    "Saves this sample with the right verdict as a file on your machine, which you can send to the maintainers to improve the judge. It contains the question, answer and passages verbatim.",
  peopleDisagree: "People disagree",
  by: (name: string, word: string) => `${name}: ${word}`,
  someone: "somebody",
  failed: "Your review was not saved and has been undone here too.",
  mayNot: "You can read this report but not review it; your review was not saved.",
  gone: "This report has been deleted; your review could not be saved.",
};

export const trust = {
  judge: "Judge",
  agreement: "Agreement with people",
  rate: (share: string, n: string) => `agree on ${share} of ${n} claims`,
  ofSamples: (share: string, n: string) => `on ${share} of ${n} whole samples`,
  interval: (low: string, high: string) => `between ${low} and ${high}`,
  kappa: "Cohen's κ",
  kappaNone: "not defined: one side always says the same",
  kappaMeaning:
    "Agreement beyond chance: 0 is chance, 1 is perfect. From about 0.6 on a judge is usually trusted.",
  unsure: (n: string) => `${n} more are unsure or tied`,
  notMeasured: "Not measured yet",
  how: "Open a sample and press y, n or s for each claim. Agreement shows at once; from 20 claims on the means are corrected by it.",
  more: (n: string) => `from ${n} claims of the answers on, the mean is corrected by them too`,
  start: "Review claims",
  corrected: (mean: string, low: string, high: string, labels: string) =>
    `${mean} (${low} to ${high}) as people judge, from ${labels} claims`,
  steadiness: "Repeatability",
  offlineSteady: "offline judge: the same input always gives the same result",
  flips: (share: string) => `${share} of the verdicts change`,
  askedTwice: (asked: string, flipped: string) =>
    `${asked} were asked twice, ${flipped} came out differently`,
  askTwice: "not measured: turn on the consistency check in the settings or the request",
  cost: "Cost",
  calls: "Judge calls",
  callsCached: (n: string) => `and ${n} answered from cache`,
  tokens: "Tokens",
  tokensOf: (prompt: string, completion: string) => `${prompt} in, ${completion} out`,
  noModel: "none: no model was asked",
  time: "Time",
  timeEach: (duration: string) => `${duration} a sample`,
  controls: "Control claims",
  controlsHeld: (held: string, asked: string) => `passed in ${held} of ${asked} replies`,
  known: "Known claims",
  knownRight: (share: string, n: string, day: string) =>
    `right in ${share} of ${n} claims with known verdicts (measured ${day})`,
  neverKnown: "Never measured before this run: how often it is right is not known",
  judgedBy: (parts: string) =>
    `The judge could not be used for all samples: ${parts}. Numbers of two judges do not mix: each metric shows them apart.`,
  judgedPart: (judge: string, n: string) => `${judge} (${n})`,
  meanBy: (judge: string, mean: string, n: string) => `${judge}: ${mean} (n = ${n})`,
  unreliable: "The judge cannot tell true from false: do not rely on the numbers of this run.",
  costOf: (usd: string, day: string) => `about $${usd} (prices of ${day})`,
  money: "Price",
};

export const scatter = {
  title: "Scatter plot of two metrics",
  intro:
    "Each dot stands for samples with the same scores; the larger the dot, the more samples. Choose one to open them.",
  x: "Horizontal axis",
  y: "Vertical axis",
  label: (x: string, y: string, n: string) => `${y} against ${x}, ${n} samples`,
  keys: "Arrow keys go from dot to dot, Enter opens the first sample.",
  at: (n: string, x: string, y: string) => `${n} here: ${x}, ${y}`,
  none: "No sample has a number for both.",
  everyNth: (n: string, step: string) => `Shows ${n} samples, one in ${step}.`,
  low: (metric: string) => `${metric} low`,
  high: (metric: string) => `${metric} high`,
  half: "“Low” means below 0.5.",
  more: (n: string) => `and ${n} more`,
};

export const find = {
  label: "Search questions or ids",
  gain: "Most gain first",
  overall: "Overall score, lowest first",
  metric: "Only where",
  anyMetric: "any value",
  atMost: "is at most",
  bounds: (metric: string, low: string, high: string) => `${metric} from ${low} to ${high}`,
  below: (metric: string, high: string) => `${metric} at most ${high}`,
  remove: (what: string) => `Remove: ${what}`,
  gainOf: (gain: string) => `could rise by ${gain}`,
  feedback: "User feedback, disliked first",
  feedbackOf: { like: "User: liked", dislike: "User: disliked" },
  problems: "Only with problems",
  order: "Order of the samples",
};

export const reading = {
  back: "Back to the report",
  at: (at: string, all: string) => `${at} of ${all}`,
};

/** What is wrong with a sample, in one sentence. */
export const diagnosis = {
  fine: "No problem was found in this sample.",
  answerSays: (said: string, told: string) =>
    `The answer says “${said}”, the passage says “${told}”`,
  referenceSays: (said: string, told: string) =>
    `The reference says “${said}”, the passage says “${told}”`,
  contradicts: (claim: string) => `The passages say otherwise: “${claim}”`,
  ranked: (place: number) => `The useful passage is ranked ${place}, behind passages of no use`,
  of: {
    contradicts_context: (claim: string) => `The passages say otherwise: “${claim}”`,
    invented: (claim: string) => `No passage says this: “${claim}”`,
    noise_followed: (claim: string) => `Misled by another passage: “${claim}”`,
    off_topic: (claim: string) => `This does not answer the question: “${claim}”`,
    missing_in_retrieval: (claim: string) => `Retrieval did not find this: “${claim}”`,
    retrieved_but_ignored: (claim: string) => `Retrieved, but not in the answer: “${claim}”`,
    refused_though_answerable: (claim: string) =>
      `The answer declines although the passages say: “${claim}”`,
  },
  more: (n: string) => `and ${n} more`,
  problems: "Problems",
  others: (n: string) => `Claims without a problem: ${n}`,
  otherPassages: (n: string) => `Other passages: ${n}`,
  next: "Next problem",
};
