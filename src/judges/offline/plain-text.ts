import { blankCitations } from "../../scoring/citations.ts";

const LIST_MARK =
  /^[\s>]*(?:(?:[-*+•·▪◦‣–]|\d{1,3}[.)、．](?!\d)|[（(]?\d{1,3}[)）]|[a-zA-Z][.)](?=\s)|[①-⑳]|[一二三四五六七八九十]{1,3}、|#{1,6}|\[[ xX]\])(?:\s+|(?=[^\s\d])))+/u;
const STEP =
  /^\s*(?:step|part|option|item|point|question|answer) \d{1,2}\s?[:：.)-]\s*|^\s*(?:步骤|第)[\d一二三四五六七八九十]{1,3}步?\s?[:：、.]\s*/iu;

/** A text without what is only written for the eye or to cite: marks, links' addresses, emphasis, tags, list numbers. */
export function plainText(text: string): string {
  return withoutMarks(text).replace(LIST_MARK, "").replace(STEP, "").trim();
}

/** The same inside a text: what stands at the beginning of a line stays. */
export function withoutMarks(text: string): string {
  let plain = blankCitations(text);
  if (plain.includes("]("))
    plain = plain.replace(/!?\[([^[\]]{0,300})\]\((?:[^()\s]{0,500})(?:\s"[^"]{0,200}")?\)/g, "$1");
  if (plain.includes("<"))
    plain = plain.replace(/<\/?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,200})?\/?>/gi, " ");
  if (/[*_`~]/.test(plain))
    plain = plain.replace(/\*{1,3}|`{1,3}|~~|(?<![\p{L}\d])_{1,3}|_{1,3}(?![\p{L}\d])/gu, "");
  return plain;
}
