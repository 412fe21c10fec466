/** What a body says went wrong, in whatever shape its server writes that. */
export interface SaidError {
  /** The provider's own sentence; "" when it has none. */
  message: string;
  /** Its codes, types and the parameter it names, joined; "" when it has none. */
  codes: string;
  /** The parameter it names. */
  param: string;
  /** An HTTP status that stands in the body. */
  status: number | null;
}

/** Under which names servers keep a sentence, and under which a code; the first that says something counts. */
const MESSAGES = [
  "message",
  "error_msg",
  "status_msg",
  "msg",
  "detail",
  "error_description",
  "raw",
];
const CODES = ["code", "type", "status", "error_code", "status_code", "err_code", "param"];
/** An object inside of which the rest stands. */
const NESTED = ["error", "errors", "base_resp", "detail", "metadata", "message", "raw"];
const MOST_NESTED = 8;

/** The error in a JSON body; null when it tells of none. */
export function readErrorBody(body: unknown): SaidError | null {
  const found: SaidError = { message: "", codes: "", param: "", status: null };
  collect(body, found, 0);
  return found.message === "" && found.status === null ? null : found;
}

/** From the outside in: a gateway's "Provider returned error" is followed by what the provider said. */
function collect(value: unknown, found: SaidError, depth: number): void {
  if (depth > MOST_NESTED) return;
  if (typeof value === "string") {
    const inner = depth > 0 ? parseObject(value) : null;
    if (inner !== null) collect(inner, found, depth + 1);
    else addSentence(found, value);
    return;
  }
  if (Array.isArray(value)) {
    collect(value[0], found, depth + 1);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const name of CODES) addCode(found, name, fields.get(name));
  for (const name of MESSAGES) {
    const text = fields.get(name);
    if (typeof text === "string" && text.trim() !== "") {
      collect(text, found, depth + 1);
      break;
    }
  }
  for (const name of NESTED) {
    const inner = fields.get(name);
    const isInside = typeof inner === "object" && inner !== null;
    if (isInside || name === "error" || name === "raw") collect(inner, found, depth + 1);
  }
}

function addSentence(found: SaidError, text: string): void {
  const sentence = text.trim();
  if (sentence === "" || found.message.includes(sentence)) return;
  found.message = found.message === "" ? sentence : `${found.message}: ${sentence}`;
}

function addCode(found: SaidError, name: string, value: unknown): void {
  if (typeof value !== "string" && typeof value !== "number") return;
  found.codes += ` ${value}`;
  if (name === "param") found.param ||= String(value);
  const status = /^[45]\d\d$/.test(String(value)) ? Number(value) : null;
  found.status ??= status;
}

/** An object or a list a text holds; null: it is another text. */
export function parseObject(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
