import { readString } from "./python-string.ts";

const START = /^\s{0,9}page_content=(?=['"])/;
/** What else Python's printers say of a document, each once at most. */
const REST = /^(?:\s+(?:vector|metadata|provider|children|id|type)=|\s*$)/;

/** The text of a document that Python has printed: `page_content='…' vector=None metadata={…}`. null: it is none. */
export function printedText(text: string): string | null {
  const [start] = START.exec(text) ?? [];
  if (start === undefined) return null;
  const read = readString(text, start.length);
  return read !== null && REST.test(text.slice(read.end, read.end + 20)) ? read.value : null;
}
