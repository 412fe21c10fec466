import type { Cause } from "../../../src/scoring/evidence.ts";
import type { Reason } from "../../../src/scoring/outcome.ts";

export const app = {
  name: "Touchstone",
  tagline: "Scores RAG answers and says what to fix",
  skip: "Skip to content",
  navigation: "Main",
  find: "Find anything",
  language: "Language",
  theme: "Theme",
  themes: { light: "Light", dark: "Dark", system: "System" },
  loading: "Loading",
  refresh: "Refresh",
  retry: "Try again",
  loadMore: "Load more",
  copy: "Copy",
  copied: "Copied",
  cancel: "Cancel",
  close: "Close",
  back: "Back",
  none: "none",
  updateFailed: "Could not refresh; what you see is older.",
  undo: "Undo",
  undoKey: "Ctrl Z / ⌘ Z",
  signOut: "Sign out",
  offline: "You are offline. What you see may be old.",
};

export const nav = {
  jobs: "Jobs",
  runs: "Runs",
  review: "Review",
  testSets: "Tests",
  submit: "Submit",
  connect: "Connect",
  notifications: "Notify",
  settings: "Settings",
  report: "Report",
};

export const status = {
  queued: "Queued",
  running: "Scoring",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};

export const score = {
  higher: "higher is better",
  lower: "lower is better",
  interval: (low: string, high: string) => `between ${low} and ${high}`,
  intervalMean: (low: string, high: string) => `95% interval ${low} to ${high}`,
  noInterval: "no interval: too few samples",
  noIntervalOne: "one sample: no interval",
  notApplicable: "Not applicable",
  failed: "Failed",
  methods: {
    llm: "judged by a model",
    decision: "judged by a decision model",
    offline: "judged offline, without a model",
    embedding: "by embeddings",
    text: "by comparing the texts",
  },
  confidence: { high: "high confidence", medium: "medium confidence", low: "low confidence" },
  lowConfidence: "low confidence",
  levels: { bad: "low", warn: "weak", fair: "fair", good: "good" },
  legend: "Colour by goodness: low below 0.50, weak below 0.70, fair below 0.85, good above",
};

export const reasons = {
  missing_answer: "There is no answer",
  missing_contexts: "No passages were sent",
  missing_ground_truth: "No reference answer was sent",
  missing_reference_contexts: "No reference passages were sent",
  missing_ids: "No ids of retrieved and relevant documents were sent",
  no_claims: "The answer states nothing that could be checked",
  no_reference_claims: "The reference states nothing that could be checked",
  abstained: "The answer declines to answer",
  judge_error: "The judge gave no usable reply",
  judge_refused: "The judge declined to judge",
  budget: "Too long a text, or the judge's budget was used up",
  cancelled: "The job was cancelled",
  not_asked: "The judge was never asked about it; score the sample anew",
} satisfies Record<Reason, string>;

export const tokens = {
  unknown: "unknown",
  unknownAbout: (estimate: string) => `unknown (about ${estimate})`,
};

export const causes = {
  missing_in_retrieval: "Missing in retrieval",
  retrieved_but_ignored: "Retrieved but ignored",
  ranked_too_low: "Ranked too low",
  noise_followed: "Followed noise",
  invented: "Invented",
  contradicts_context: "Contradicts the passages",
  off_topic: "Off topic",
  refused_though_answerable: "Refused though answerable",
} satisfies Record<Cause, string>;

export const trouble = {
  judge: (reason: string, next: string) =>
    `The judge does not answer: ${reason} Next try at ${next}; jobs wait meanwhile.`,
  toJudge: "Judge",
  alerts: (n: string) => (n === "1" ? "An alert is firing." : `${n} alerts are firing.`),
  toAlerts: "See alerts",
  backlog: (n: string, oldest: string) =>
    `${n} ${n === "1" ? "job waits" : "jobs wait"}, the oldest for ${oldest}.`,
  toQueue: "See the queue",
  lost: (n: string) =>
    `${n} ${n === "1" ? "row" : "rows"} of the last 24 hours could not be scored.`,
  toLost: "See which",
};

export const notFound = {
  title: "There is no page here",
  text: (path: string) => `Nothing lives at ${path}.`,
  hint: "Perhaps one of these:",
};

export const error = {
  title: "That did not work",
  network: "The server did not answer. Is it running, and are you online?",
  unreadable: "The server answered with something unexpected.",
  requestId: "Request id",
  code: "Code",
  details: "Details for whoever runs this server",
  report: "Send these lines along: they say where to look, and hold no text of your samples.",
  copyDetails: "Copy the details",
  crashed: "This page broke. The data on the server is safe.",
  outdated:
    "This part of the page could not be loaded. Most likely a new version was deployed while the page was open: reload it.",
  reload: "Reload the page",
  keyTitle: "This server asks for a key",
  keyText: "It is traded for a sign-in that ends by itself; the page keeps no copy of the key.",
  key: "Key",
  keySave: "Continue",
  keyWrong: "The server does not accept this key.",
};
