import { Marked } from "marked";
import { escapeHtml } from "./escape-html.ts";

/**
 * Our own Markdown as HTML, headings moved down by `shift`. The documents are already inert; raw HTML, links and
 * images are shown as text all the same, so that a slip there stays without effect here.
 */
export function renderMarkdown(markdown: string, shift: number): string {
  const marked = new Marked({
    gfm: true,
    async: false,
    renderer: {
      heading({ tokens, depth }) {
        const level = Math.min(6, depth + shift);
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
      },
      html: ({ text }) => escapeHtml(text),
      link: ({ text }) => escapeHtml(text),
      image: ({ text }) => escapeHtml(text),
    },
  });
  return marked.parse(markdown, { async: false });
}
