import { CAUSE_WORDS, REASON_WORDS } from "../../../src/words/outcome-words.ts";

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
  chooseFile: "Choose a file",
  listed: (...names: readonly string[]) => names.join(", "),
  copy: "Copy",
  copied: "Copied",
  cancel: "Cancel",
  close: "Close",
  back: "Back",
  none: "none",
  updateFailed: "Could not refresh; you are seeing earlier data.",
  undo: "Undo",
  undoKey: "Ctrl Z / ⌘ Z",
  signOut: "Sign out",
  offline: "You are offline. What you see may be out of date.",
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
  noIntervalOne: "no interval: only one sample",
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
  legend: "Colours: low below 0.50, weak below 0.70, fair below 0.85, good above",
};

/** On a page each begins like a sentence. */
function begun<Code extends string>(words: Readonly<Record<Code, string>>): typeof words {
  const entries = Object.entries<string>(words).map(([code, word]) => [
    code,
    word.charAt(0).toUpperCase() + word.slice(1),
  ]);
  return { ...words, ...Object.fromEntries(entries) };
}

export const reasons = begun(REASON_WORDS.en);

export const tokens = {
  unknown: "unknown",
  unknownAbout: (estimate: string) => `unknown (about ${estimate})`,
};

export const causes = begun(CAUSE_WORDS.en);

export const trouble = {
  judge: (reason: string, next: string) => `${reason} Next try at ${next}; jobs wait until then.`,
  toJudge: "See the judge",
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
  title: "Page not found",
  text: (path: string) => `There is nothing at ${path}.`,
  hint: "You may be looking for:",
};

export const error = {
  title: "That did not work",
  network: "The server did not respond. Is it running, and are you online?",
  unreadable: "The server answered with something unexpected.",
  requestId: "Request id",
  code: "Code",
  details: "Details for whoever runs this server",
  report:
    "Include these lines when you report it: they say where to look, and contain none of your texts.",
  copyDetails: "Copy the details",
  crashed: "This page crashed. Your data on the server is safe.",
  outdated:
    "This part of the page could not be loaded. Most likely a new version was deployed while the page was open: reload it.",
  reload: "Reload the page",
  keyTitle: "This server needs a key",
  keyText: "It is exchanged for a sign-in that expires by itself; the page does not store the key.",
  key: "Key",
  keySave: "Continue",
  keyWrong: "The server does not accept this key.",
};
