import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { renderMermaidSVG } from "beautiful-mermaid";
import { Marked, type Token, type Tokens } from "marked";
import type { Language } from "../../../contract/outcome.ts";
import { anchorOf } from "../anchors.ts";
import { type GuidePage, guideAddress } from "./pages.ts";

interface Heading {
  depth: number;
  /** As it is read, without marks. */
  text: string;
  anchor: string;
}

/** What the search looks through: the text under one heading. */
interface Section extends Heading {
  body: string;
}

export interface ReadPage {
  title: string;
  html: string;
  sections: Section[];
  /** Its text, with links that lead to the other pages as Markdown. */
  markdown: string;
}

/** A page of the repository as the guide shows it. `repository`: where files that are no page of it can be read. */
export function readPage(page: GuidePage, language: Language, repository: string | null): ReadPage {
  const source = page.sources[language];
  const text = withoutMarks(readFileSync(source, "utf8"));
  const resolve = (href: string) => resolveLink(href, source, language, repository);
  const marked = guideMarkdown(resolve);
  const tokens = marked.lexer(text);
  const sections = cutSections(tokens);
  return {
    title: sections[0]?.text ?? page.label[language],
    html: marked
      .parser(tokens)
      // On a narrow screen a table is moved by itself.
      .replaceAll("<table>", '<div class="table" tabindex="0"><table>')
      .replaceAll("</table>", "</table></div>"),
    sections,
    markdown: text.replace(/\]\(([^)\s]+)\)/g, (whole, href: string) => {
      const [path, anchor] = (resolve(href) ?? "").split("#");
      if (!path) return whole;
      const isPage = path.startsWith("/guide/") && !path.endsWith(".png");
      return `](${path}${isPage ? ".md" : ""}${anchor ? `#${anchor}` : ""})`;
    }),
  };
}

/** Places that `npm run docs` fills, and the line of links that only a repository needs. */
function withoutMarks(text: string): string {
  return text.replace(/<!--[\s\S]*?-->\n?/g, "").replace(/^\[(?:中文说明|English)\]\(.*\n\n/m, "");
}

/** null: it leads nowhere from here. */
function resolveLink(
  href: string,
  source: string,
  language: Language,
  repository: string | null,
): string | null {
  if (/^(https?:|mailto:|#)/.test(href)) return href;
  const [path = "", anchor] = href.split("#");
  const target = posix.join(posix.dirname(source), path);
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (target === "docs/report.png") return "/guide/report.png";
  const address = guideAddress(target, target.endsWith(".zh.md") ? "zh" : language);
  if (address) return address + hash;
  return repository ? `${repository}/blob/main/${target}${hash}` : null;
}

function guideMarkdown(resolve: (href: string) => string | null): Marked {
  let diagrams = 0;
  return new Marked({
    async: false,
    renderer: {
      heading({ tokens, depth, text }) {
        const id = anchorOf(text);
        const inner = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1>${inner}</h1>\n`;
        return `<h${depth} id="${id}">${inner}<a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1">#</a></h${depth}>\n`;
      },
      link({ href, tokens }) {
        const to = resolve(href);
        const inner = this.parser.parseInline(tokens);
        if (to === null) return inner;
        const rel = to.startsWith("http") ? ' rel="noopener"' : "";
        return `<a href="${escapeAttribute(to)}"${rel}>${inner}</a>`;
      },
      image({ href, text }) {
        const to = resolve(href);
        // The one picture there is.
        return to?.startsWith("/")
          ? `<img src="${to}" alt="${escapeAttribute(text)}" width="1440" height="800" loading="lazy">`
          : "";
      },
      code({ text, lang }) {
        if (lang === "mermaid") return drawDiagram(text, ++diagrams);
        return `<pre tabindex="0"><code>${escapeText(text)}</code></pre>\n`;
      },
    },
  });
}

/** Drawn when the guide is built; its colours come from the style sheet, so nothing of it is styled in place. */
function drawDiagram(text: string, number: number): string {
  const svg = renderMermaidSVG(text)
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replace(/^(<svg[^>]*?) style="[^"]*"/, "$1")
    .replaceAll("arrowhead", `arrow-${number}`);
  const words = [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)]
    .map(([, word]) => word?.trim())
    .filter(Boolean);
  const name = escapeAttribute(words.join(" · "));
  return `<figure class="diagram" tabindex="0">${svg.replace("<svg ", `<svg role="img" aria-label="${name}" `)}</figure>\n`;
}

function cutSections(tokens: readonly Token[]): Section[] {
  const sections: Section[] = [];
  for (const token of tokens) {
    if (token.type === "heading") {
      const { depth, text } = token as Tokens.Heading;
      sections.push({ depth, text: plainText(text), anchor: anchorOf(text), body: "" });
    } else {
      const last = sections.at(-1);
      if (last && !(token.type === "code" && token.lang === "mermaid"))
        last.body += ` ${plainText(token.raw)}`;
    }
  }
  return sections.map((section) => ({
    ...section,
    body: section.body.replace(/\s+/g, " ").trim(),
  }));
}

function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\|?[ :|-]+\|$/gm, "")
    .replace(/^```.*$/gm, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/[`*|#>]/g, "")
    .trim();
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;");
}
