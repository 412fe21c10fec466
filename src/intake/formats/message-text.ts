import { isMissing } from "../missing-value.ts";
import { isRecord, parseJson } from "../parse-json.ts";

/** Keys that hold the text of a question or an answer where a tool wraps it in an object. */
const KEYS = {
  user: ["question", "query", "input", "user_input", "prompt", "text", "content", "message"],
  assistant: [
    "answer",
    "output",
    "response",
    "result",
    "text",
    "content",
    "output_text",
    "message",
  ],
} as const;

export type Speaker = keyof typeof KEYS;

export interface SpokenText {
  text: string;
  /** Messages that are not scored. */
  leftOut: number;
}

const DEPTH = 6;

/**
 * What was asked or said last, out of a list of chat messages, a completion or an object that wraps one text. Null: it
 * holds none, or several that could be meant.
 */
export function spokenText(value: unknown, speaker: Speaker, depth = DEPTH): SpokenText | null {
  if (depth === 0 || value === null || value === undefined) return null;
  if (typeof value === "string") return isMissing(value) ? null : { text: value, leftOut: 0 };
  if (Array.isArray(value)) return ofMessages(value, speaker, depth);
  if (!isRecord(value)) return null;
  for (const key of ["messages", "choices", "generations", "turns"]) {
    if (Array.isArray(value[key])) return spokenText(value[key], speaker, depth - 1);
  }
  for (const key of KEYS[speaker]) {
    const found = Object.hasOwn(value, key) ? spokenText(value[key], speaker, depth - 1) : null;
    if (found) return found;
  }
  const [only, ...more] = Object.values(value).filter((one) => !isMissing(one));
  return more.length === 0 ? spokenText(only, speaker, depth - 1) : null;
}

/** Roles as OpenAI, LangChain, Ragas and Gradio write them. */
const ROLES: Readonly<Record<string, Speaker>> = {
  user: "user",
  human: "user",
  humanmessage: "user",
  assistant: "assistant",
  ai: "assistant",
  aimessage: "assistant",
  bot: "assistant",
  model: "assistant",
};

function roleOf(message: unknown): string | null {
  if (Array.isArray(message)) return typeof message[0] === "string" ? message[0] : null;
  if (!isRecord(message)) return null;
  const { role, type, from } = message;
  const named = [role, type, from].find((one) => typeof one === "string");
  return typeof named === "string" ? named.toLowerCase() : null;
}

function ofMessages(list: readonly unknown[], speaker: Speaker, depth: number): SpokenText | null {
  const roles = list.map(roleOf);
  if (
    roles.every(
      (role) => role === null || (!(role in ROLES) && role !== "system" && role !== "tool"),
    )
  ) {
    const parts = list.flatMap((part) => spokenText(part, speaker, depth - 1) ?? []);
    if (parts.length !== list.length || parts.length === 0) return null;
    // Pieces of one message (`[{type: "text", text}]`); else the list holds several answers, and nobody knows which.
    const isPieces = list.every((part) => isRecord(part) && part.type !== undefined);
    if (!isPieces && parts.length > 1) return null;
    return { text: parts.map(({ text }) => text).join(""), leftOut: 0 };
  }
  const asked = roles.findLastIndex((role) => role !== null && ROLES[role] === "user");
  const at =
    speaker === "user"
      ? asked
      : roles.findLastIndex(
          (role, index) => index > asked && role !== null && ROLES[role] === "assistant",
        );
  const message = list[at];
  if (message === undefined) return null;
  const content = Array.isArray(message)
    ? message[1]
    : isRecord(message)
      ? (message.content ?? message.text ?? message.value)
      : null;
  const found = spokenText(content, speaker, depth - 1);
  const spoken = roles.filter((role) => role !== null && role in ROLES).length;
  return (
    found && {
      text: found.text,
      leftOut: Math.max(0, spoken - (asked === roles.length - 1 ? 1 : 2)),
    }
  );
}

/** Chat messages that a table holds as JSON text. */
export function asMessages(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (!/^\[\s{0,20}\{/.test(text) || !/"(?:role|type)"/.test(text)) return value;
  const list = parseJson(text);
  const isChat = Array.isArray(list) && list.every((one) => roleOf(one) !== null);
  return isChat ? list : value;
}
