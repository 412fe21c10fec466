import { escapeHtml } from "./escape-html.ts";

/** An escaped mark, code, bold, or anything else up to the next of them. Linear: no alternative can match twice. */
const PIECE = /\\([!-/:-@[-`{-~])|`([^`\n]+)`|\*\*((?:[^*\\\n]|\\.)+)\*\*|([^\\`*]+|[\\`*])/g;

/** One line of our Markdown as HTML. */
export function renderInline(text: string): string {
  let html = "";
  for (const [, escaped, code, bold, plain] of text.matchAll(PIECE)) {
    if (escaped !== undefined) html += escapeHtml(escaped);
    else if (code !== undefined) html += `<code>${escapeHtml(code)}</code>`;
    else if (bold !== undefined) html += `<strong>${renderInline(bold)}</strong>`;
    else html += escapeHtml(plain ?? "");
  }
  return html;
}
