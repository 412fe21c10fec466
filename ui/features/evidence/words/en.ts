/** People's word on what the judge said. */
export const review = {
  agree: "Agree",
  disagree: "Disagree",
  unsure: "Not sure",
  ofClaim: (id: string) => `Your word on claim ${id}`,
  ofSample: "Is the judgement of the whole sample right?",
  ofSampleCause: (cause: string) => `Is “${cause}” the right diagnosis of this sample?`,
  ofSampleFine: "The judge found no fault in this sample. Is that right?",
  progress: (done: string, all: string) => `${done} of ${all} claims reviewed`,
  allDone: "Every claim of this sample is reviewed.",
  undo: "Undo",
  undone: "Taken back",
  keys: "y agree · n disagree · ? not sure · ↑ ↓ claim · → evidence · u undo · [ ] sample · Y N whole sample",
  instead: "What it should be",
  insteadNone: "only that it is not so",
  note: "Note",
  notePlaceholder: "Why? The team reads it.",
  saveCase: "Save as a case",
  saveCaseMeaning:
    "Writes this sample with the right verdict into a file on this machine, to be sent to whoever looks after the judge. It holds question, answer and passages as they are.",
  peopleDisagree: "People disagree",
  by: (name: string, word: string) => `${name}: ${word}`,
  someone: "somebody",
  failed: "Your word was not saved; it is taken back here too.",
  mayNot: "You may read this report but not review it; your word was not saved.",
  gone: "This report was deleted meanwhile; your word could not be saved.",
};

export const trust = {
  judge: "Judge",
  agreement: "People and judge",
  rate: (share: string, n: string) => `agree on ${share} of ${n} claims`,
  ofSamples: (share: string, n: string) => `on ${share} of ${n} whole samples`,
  interval: (low: string, high: string) => `between ${low} and ${high}`,
  kappa: "Cohen's κ",
  kappaNone: "not defined: one side always says the same",
  kappaMeaning:
    "Agreement beyond chance: 0 is chance, 1 is perfect. From about 0.6 on a judge is usually trusted.",
  unsure: (n: string) => `${n} more are unsure or even`,
  notMeasured: "Not measured yet",
  how: "Open a sample and press y, n or ? for each claim. Agreement shows at once; from 20 claims on the means are corrected by it.",
  more: (n: string) => `from ${n} claims of the answers on, the mean is corrected by them too`,
  start: "Review claims",
  corrected: (mean: string, low: string, high: string, labels: string) =>
    `${mean} (${low} to ${high}) as people judge, from ${labels} claims`,
  steadiness: "Asked again",
  offlineSteady: "always the same: there is no chance in this judge",
  flips: (share: string) => `${share} of the verdicts change`,
  askedTwice: (asked: string, flipped: string) =>
    `${asked} were asked twice, ${flipped} came out differently`,
  askTwice: "not measured: switch consistency on in the settings or in the request",
  cost: "Cost",
  calls: "Judge calls",
  callsCached: (n: string) => `and ${n} answered from memory`,
  tokens: "Tokens",
  tokensOf: (prompt: string, completion: string) => `${prompt} in, ${completion} out`,
  noModel: "none: no model was asked",
  time: "Time",
  timeEach: (duration: string) => `${duration} a sample`,
  controls: "Control claims",
  controlsHeld: (held: string, asked: string) => `passed in ${held} of ${asked} replies`,
  unreliable: "The judge confuses true and false: no number of this run is to be relied on.",
  costOf: (usd: string, day: string) => `about $${usd} (prices of ${day})`,
  money: "Money",
};

export const scatter = {
  title: "Two metrics of each sample",
  intro:
    "Each dot is a place on the scales; the larger, the more samples. Choose one to open them.",
  x: "Across",
  y: "Up",
  label: (x: string, y: string, n: string) => `${y} against ${x}, ${n} samples`,
  keys: "Arrow keys go from dot to dot, Enter opens the first sample.",
  at: (n: string, x: string, y: string) => `${n} here: ${x}, ${y}`,
  none: "No sample has a number for both.",
  everyNth: (n: string, step: string) => `Shows ${n} samples, one in ${step}.`,
  low: (metric: string) => `${metric} low`,
  high: (metric: string) => `${metric} high`,
  half: "Low is below the middle of the scale.",
  more: (n: string) => `and ${n} more`,
};

export const find = {
  label: "Search in questions and ids",
  gain: "Most gain first",
  overall: "Overall score, weakest first",
  metric: "Only where",
  anyMetric: "any value",
  atMost: "is at most",
  bounds: (metric: string, low: string, high: string) => `${metric} from ${low} to ${high}`,
  below: (metric: string, high: string) => `${metric} at most ${high}`,
  remove: (what: string) => `Remove: ${what}`,
  gainOf: (gain: string) => `could rise by ${gain}`,
  feedback: "Users' feedback, disliked first",
  feedbackOf: { like: "User: liked", dislike: "User: disliked" },
  gainMeaning: "Most the overall score of this sample could rise were its cause gone",
  intro: "Where a repair would gain most comes first. Open one to see the sentences that decide.",
};

export const advise = {
  show: (n: string) => `Samples with this main cause: ${n}`,
  more: "What to do",
  less: "Fold",
};

export const reading = {
  back: "Back to the report",
  at: (at: string, all: string) => `${at} of ${all}`,
};
