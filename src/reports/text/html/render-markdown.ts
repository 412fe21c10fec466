import { renderInline } from "./render-inline.ts";

const HEADING = /^(#{1,6}) (.*)$/;
const ITEM = /^( *)(-|\d{1,9}\.) (.*)$/;
const ROW = /^\|(.*)\|$/;
const DELIMITER = /^[| -]+$/;

/**
 * Our own Markdown as HTML, headings moved down by `shift`. Knows what our documents are written with and nothing more:
 * headings, paragraphs, nested lists, tables, bold and code. HTML and links of foreign texts stay text. Whole libraries
 * do more and weigh a twentieth of the upload; a test holds this one to what such a library makes of the documents.
 */
export function renderMarkdown(markdown: string, shift: number): string {
  const lines = markdown.split("\n");
  let html = "";
  for (let at = 0; at < lines.length; ) {
    const [block, next] = readBlock(lines, at, shift);
    html += block;
    at = next;
  }
  return html;
}

type Block = [html: string, next: number];

function readBlock(lines: readonly string[], at: number, shift: number): Block {
  const line = lines[at] ?? "";
  if (line.trim() === "") return ["", at + 1];
  const [, marks, title = ""] = HEADING.exec(line) ?? [];
  if (marks) {
    const level = Math.min(6, marks.length + shift);
    return [`<h${level}>${renderInline(title)}</h${level}>\n`, at + 1];
  }
  if (ITEM.test(line)) return readList(lines, at);
  if (ROW.test(line) && DELIMITER.test(lines[at + 1] ?? "")) return readTable(lines, at);
  return readParagraph(lines, at);
}

function readParagraph(lines: readonly string[], at: number): Block {
  let end = at + 1;
  while (lines[end]?.trim() && !HEADING.test(lines[end] ?? "") && !ITEM.test(lines[end] ?? "")) {
    end += 1;
  }
  return [`<p>${renderInline(lines.slice(at, end).join("\n"))}</p>\n`, end];
}

/** The items from `at` that stand as deep as the first, each with the deeper ones below it. */
function readList(lines: readonly string[], at: number): Block {
  const [, indent = "", mark] = ITEM.exec(lines[at] ?? "") ?? [];
  const tag = mark === "-" ? "ul" : "ol";
  let html = `<${tag}>\n`;
  let next = at;
  for (let item = ITEM.exec(lines[next] ?? ""); item; item = ITEM.exec(lines[next] ?? "")) {
    if ((item[1] ?? "").length < indent.length) break;
    html += `<li>${renderInline(item[3] ?? "")}`;
    next += 1;
    const deeper = ITEM.exec(lines[next] ?? "");
    if (deeper && (deeper[1] ?? "").length > indent.length) {
      const [children, end] = readList(lines, next);
      html += children;
      next = end;
    }
    html += "</li>\n";
  }
  return [`${html}</${tag}>\n`, next];
}

function readTable(lines: readonly string[], at: number): Block {
  const row = (line: string, cell: "th" | "td") =>
    `<tr>${cellsOf(line)
      .map((text) => `<${cell}>${renderInline(text)}</${cell}>`)
      .join("")}</tr>\n`;
  let body = "";
  let next = at + 2;
  for (; ROW.test(lines[next] ?? ""); next += 1) body += row(lines[next] ?? "", "td");
  const head = row(lines[at] ?? "", "th");
  return [`<table>\n<thead>\n${head}</thead>\n<tbody>${body}</tbody>\n</table>\n`, next];
}

/** What stands between the pipes; an escaped pipe is part of its cell. */
function cellsOf(line: string): string[] {
  const inner = ROW.exec(line)?.[1] ?? "";
  return (inner.match(/(?:[^\\|]|\\.)+/g) ?? []).map((cell) => cell.trim());
}
