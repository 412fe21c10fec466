/** A language's word for nothing; templates and nodes of Dify write it. */
const NOTHING = new Set(["None", "null", "undefined"]);
/** What numpy, pandas, databases and spreadsheets write into a cell that has no value. */
const NO_VALUE = new Set(["nan", "NaN", "<NA>", "NaT", "NULL", "\\N", "#N/A"]);

/** Absent, null, blank, a word for nothing, or a Dify variable that was never filled in. */
export function isMissing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value !== "string") return false;
  const text = value.trim();
  return text === "" || missingWord(text) !== null || unresolvedVariable(text) !== null;
}

/** The word for nothing a text consists of, or null. */
export function missingWord(text: string): string | null {
  const word = text.trim();
  return NOTHING.has(word) || NO_VALUE.has(word) ? word : null;
}

/** Words that data tools write and nobody types to say "none": a person is told when one counted as missing. */
export function isToolWord(word: string): boolean {
  return NO_VALUE.has(word);
}

/** A longer text speaks of the word, so that the same word alone can be meant beside it. */
export function speaksOf(text: unknown, word: string): boolean {
  if (typeof text !== "string" || text.trim() === word) return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWhole = !/\w/.test(text[at - 1] ?? "") && !/\w/.test(text[at + word.length] ?? "");
    if (isWhole) return true;
  }
  return false;
}

/** `1720000000000.ground_truth`: Dify drops the braces of a variable it does not know and leaves the name. */
const SELECTOR = /^([A-Za-z0-9_]{1,50})((?:\.[A-Za-z_][A-Za-z0-9_]{0,29}){1,10})$/;
const BRACED = /^\{\{#[^{}#]{1,200}#\}\}$/;

/** Node ids of Dify: the time in milliseconds the editor gives, or the namespaces and names people keep. */
const NODE = /^(?:\d{10,}\w*|sys|env|conversation|start|end|llm|kr|code|tpl|template)$/;

/** What nodes put out. Without this list `Node.js` or `report.pdf` as an answer would count as missing. */
const OUTPUTS = new Set([
  "text",
  "result",
  "output",
  "query",
  "question",
  "answer",
  "contexts",
  "context",
  "ground_truth",
  "reference",
  "expected_output",
  "reasoning_content",
  "structured_output",
  "retriever_resources",
  "workflow_run_id",
  "conversation_id",
]);

/** The name of the Dify variable the text consists of, or null when it is ordinary text. */
export function unresolvedVariable(text: string): string | null {
  if (text.length > 500) return null;
  // `[]{{#kr.result#}}` is how a form tells an empty retrieval; without the variable only its name follows.
  const trimmed = text.trim().replace(/^\[\]/, "");
  if (BRACED.test(trimmed)) return trimmed;
  const match = SELECTOR.exec(trimmed);
  if (!match) return null;
  const [, node = "", path = ""] = match;
  const last = path.slice(path.lastIndexOf(".") + 1);
  return NODE.test(node) || OUTPUTS.has(last) ? trimmed : null;
}
