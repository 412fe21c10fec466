import type { AppKind, Trouble } from "./fake-app.ts";

type Outcomes = Partial<Record<Trouble, string>>;

const DIFY: Outcomes = {
  error_after_start: "app_error",
  failed: "app_error",
  stopped: "app_error",
  paused: "paused",
  dropped: "answered",
  lost: "answered",
  once_500: "answered",
  always_500: "app_error",
  refused: "app_error",
  empty: "app_error",
  redirect: "app_error",
};
const PLAIN: Outcomes = {
  dropped: "unknown",
  lost: "unknown",
  always_500: "app_error",
  refused: "app_error",
  empty: "app_error",
  html: "app_error",
  redirect: "app_error",
};

/** Every kind of app in every mode, with what an item comes to whose question has that trouble. */
export const APP_CASES: [AppKind, string | undefined, Outcomes][] = [
  ["dify", "chat", { ...DIFY, canned: "canned", replaced: "answered" }],
  ["dify", "advanced-chat", { ...DIFY, canned: "canned", truncated: "answered" }],
  ["dify", "agent-chat", { ...DIFY, canned: "canned" }],
  ["dify", "agent", DIFY],
  // What a text generator made is listed nowhere.
  [
    "dify",
    "completion",
    { failed: "app_error", refused: "app_error", empty: "app_error", dropped: "unknown" },
  ],
  ["dify", "workflow", { ...DIFY, truncated: "answered" }],
  ["ragflow", undefined, { ...PLAIN, replaced: "answered" }],
  ["fastgpt", undefined, { ...PLAIN, paused: "paused" }],
  ["openai", undefined, PLAIN],
  ["http", undefined, { ...PLAIN, huge: "app_error" }],
];

/** How a target of each kind asks and reads. */
export const APP_OPTIONS: Record<AppKind, object> = {
  dify: {},
  ragflow: { chat_id: "c1" },
  fastgpt: {},
  openai: { model: "m" },
  http: {
    body: { q: "{{question}}", user: "{{user}}" },
    answer: "data.answer",
    contexts: "data.sources[].text",
    error: "error",
  },
};
