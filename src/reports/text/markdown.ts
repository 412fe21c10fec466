/** Marks that can open (or, as # does, close) something anywhere: emphasis, code, links, HTML, entities, tables, math. */
const MARKS = /[\\`*_[\]<>&|~$!#]/g;
/** Marks that open a block when they stand first: headings, lists, quotes, rules. */
const FIRST_MARK = /^[+\-=:.]/;
const FIRST_NUMBER = /^(\d{1,9})([.)])(?=\s|$)/;
/** What GitHub-flavoured Markdown turns into a link by itself: URLs and mail addresses. */
const LINK_STARTS = /:(?=\/\/)|@(?=[\w-]+\.)|(?<=\b(?:mailto|xmpp)):|(?<=www)\./gi;
/** Line ends, controls and marks that turn the direction of the text around them. */
const BLANKS = /[\s\p{Cc}\u2028\u2029]+/gu;
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const LONE_SURROGATES = /\p{Cs}/gu;

/**
 * Text as Markdown that renders to exactly that text on one line. Nothing in it can open a heading, list, table, link,
 * image or HTML, wherever it is put. A blank text becomes a dash: an empty place can turn its surroundings into something
 * else (`- ****` is a rule).
 */
export function escapeMarkdown(text: string): string {
  const escaped = text
    .replace(LONE_SURROGATES, "\ufffd")
    .replace(DIRECTION_MARKS, "")
    .replace(BLANKS, " ")
    .trim()
    .replace(MARKS, "\\$&")
    .replace(LINK_STARTS, "\\$&")
    .replace(FIRST_MARK, "\\$&")
    .replace(FIRST_NUMBER, "$1\\$2");
  return escaped || "–";
}

/** A table of cells that are already safe Markdown on one line. */
export function markdownTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  return [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}
