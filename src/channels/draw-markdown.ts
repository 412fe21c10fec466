import type { Notice } from "./notice.ts";
import { joinWithin, withoutMarkdown } from "./plain-text.ts";

interface Style {
  heading(title: string): string;
  fact(name: string, value: string): string;
  /** Between lines. */
  separator: string;
  mostBytes: number;
}

/** For bots whose Markdown has headings, bold and links alone. The link comes early, so that a limit never cuts it. */
export function drawMarkdown({ title, facts, list, link }: Notice, style: Style): string {
  return joinWithin(
    [
      style.heading(withoutMarkdown(title)),
      ...(link === null ? [] : [`[${withoutMarkdown(link.title)}](${addressIn(link.href)})`]),
      ...facts.map(({ name, value }) => style.fact(withoutMarkdown(name), withoutMarkdown(value))),
      ...(list === null
        ? []
        : [
            `**${withoutMarkdown(list.title)}**`,
            ...list.lines.map((line) => `> ${withoutMarkdown(line)}`),
          ]),
    ],
    style.separator,
    style.mostBytes,
  );
}

/** A parenthesis would end the link. */
function addressIn(href: string): string {
  return href.replaceAll("(", "%28").replaceAll(")", "%29");
}
