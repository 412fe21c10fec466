import type { Steps } from "../steps.ts";

/** Characters `start` to `end` of a text. */
export interface Range {
  start: number;
  end: number;
}

/** A paragraph, or something that is one sentence as a whole: a heading, a table row, a line of code. */
export interface Block extends Range {
  isWhole: boolean;
}

type LineKind = "blank" | "fence" | "rule" | "heading" | "row" | "item" | "prose";

const FENCE = /^ {0,3}(?:`{3,}|~{3,})/;
const RULE = /^[-=*_|:+ \t]*[-=*_|:+][-=*_|:+ \t]*$/;
const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
const ITEM =
  /^\s{0,12}(?:[-*+•·▪◦‣–](?=\s)|\d{1,3}[.)](?=\s)|\d{1,3}[、．]|[（(]\d{1,3}[)）]|[a-zA-Z][.)](?=\s)|[①-⑳]|[一二三四五六七八九十]{1,3}、)/;
const ENDS_SENTENCE = /[.!?。！？；…:：]["'”’」』）)\]*_]{0,4}$/;
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A line this long that ends without punctuation was wrapped, not finished. */
const WRAPPED_AT = { latin: 60, han: 24 };
/** Below this a line that ends without punctuation is a title, a label or a cell. */
const TITLE_BELOW = 25;
/** No line of its own ends like this. */
const LEFT_OPEN =
  /(?:[,，、(（-]|\b(?:the|an?|of|at|to|and|or|for|with|by|from|is|are|was|were|as|that|his|her|its|their))$/;

/** Lines read between two rests. */
const LINES_AT_ONCE = 20_000;

/** Paragraphs and one-sentence blocks in reading order; every character that is not blank lies in one of them. */
export function* splitBlocks(text: string): Steps<Block[]> {
  const blocks: Block[] = [];
  let open: Block | null = null; // the paragraph that the next line may continue
  let lastLine: Range = { start: 0, end: 0 };
  let pendingStart: number | null = null; // fence or rule waiting for the line it belongs to
  let isInCode = false;

  function add(line: Range, isWhole: boolean): Block {
    const block = { start: pendingStart ?? line.start, end: line.end, isWhole };
    pendingStart = null;
    blocks.push(block);
    return block;
  }

  function attach(line: Range): void {
    const last = blocks.at(-1);
    if (last && pendingStart === null) last.end = line.end;
    else pendingStart ??= line.start;
  }

  let read = 0;
  for (const line of lines(text)) {
    read++;
    if (read % LINES_AT_ONCE === 0) yield;
    const content = text.slice(line.start, line.end);
    const kind = kindOf(content, isInCode);
    if (kind === "blank") {
      open = null;
    } else if (kind === "fence") {
      if (isInCode) attach(line);
      else pendingStart ??= line.start;
      isInCode = !isInCode;
      open = null;
    } else if (kind === "rule") {
      attach(line);
      open = null;
    } else if (isInCode || kind === "heading" || kind === "row") {
      add(line, true);
      open = null;
    } else if (open && kind === "prose" && isContinued(text, lastLine, line)) {
      open.end = line.end;
    } else {
      open = add(line, false);
    }
    lastLine = line;
  }
  if (pendingStart !== null) add({ start: text.length, end: text.length }, true);
  return blocks;
}

function kindOf(line: string, isInCode: boolean): LineKind {
  if (line.trim() === "") return "blank";
  if (FENCE.test(line)) return "fence";
  if (isInCode) return "prose";
  if (line.length < 2000 && RULE.test(line)) return "rule";
  if (HEADING.test(line)) return "heading";
  if (line.trimStart().startsWith("|")) return "row";
  return ITEM.test(line) ? "item" : "prose";
}

/** Was the line cut by a width rather than ended? */
function isContinued(text: string, last: Range, line: Range): boolean {
  const before = text.slice(Math.max(last.start, last.end - 100), last.end).trimEnd();
  const after = text.slice(line.start, Math.min(line.end, line.start + 80)).trimStart();
  if (ENDS_SENTENCE.test(before.slice(-6))) return false;
  if (LEFT_OPEN.test(before.slice(-8))) return true;
  if (HAN.test(before.slice(-1))) {
    return before.length >= WRAPPED_AT.han && HAN.test(after.charAt(0));
  }
  if (/^\p{Ll}/u.test(after)) return before.length >= TITLE_BELOW;
  return before.length >= WRAPPED_AT.latin;
}

function* lines(text: string): Generator<Range> {
  let start = 0;
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) {
    yield { start, end: match.index };
    start = match.index + match[0].length;
  }
  yield { start, end: text.length };
}
