import fc from "fast-check";
import { marked } from "marked";
import { expect, test } from "vitest";
import { escapeMarkdown } from "../../src/reports/text/markdown.ts";

const HOSTILE = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "&lt;b&gt; &amp; &#60;",
  "[click](https://evil.example)",
  "![x](https://evil.example/a.png)",
  "<https://evil.example>",
  "https://evil.example/a?b=c&d=e",
  "HTTP://EVIL.EXAMPLE",
  "ftp://evil.example",
  "www.evil.example and WWW.evil.example",
  "write to root@evil.example now",
  "mailto:root@evil.example",
  "[a]: https://evil.example\n[a]",
  "# heading",
  "#heading",
  "---",
  "- - - list",
  "1. one",
  "1) one",
  "+ plus",
  "> quote",
  "a\n===",
  "a\n---",
  "| a | b |\n| --- | --- |\n| c | d |",
  "```js\ncode\n```",
  "`code` **bold** __bold__ ~~gone~~ _i_ *i*",
  "    four spaces",
  "\tindented",
  "\\`not code\\`",
  "line\r\n\r\n<div>two</div>",
  "$x^2$ and $$y$$",
  "[ ] task",
  "a\u2028b\u2029c\u0085d\u0000e",
  "\u202egnp.exe\u202c",
  "中文 [链接](javascript:alert(1)) ！[图](x)",
  "lone \ud800 surrogate",
  "12345. many",
  "![](data:image/svg+xml;base64,AAAA)",
  "<!-- comment -->",
  "<![CDATA[x]]>",
  "* star",
  "=1+1",
];

/** The ways a text stands in our documents: the wrapper's own tags are known, everything else would be the text's. */
const PLACES: readonly { wrap: (text: string) => string; tags: readonly string[] }[] = [
  { wrap: (text) => text, tags: ["p"] },
  { wrap: (text) => `- ${text}`, tags: ["ul", "li"] },
  { wrap: (text) => `- **a**\n  - ${text}`, tags: ["ul", "li", "strong"] },
  { wrap: (text) => `# ${text}`, tags: ["h1"] },
  { wrap: (text) => `before\n${text}`, tags: ["p", "br"] },
  {
    wrap: (text) => `| a | b |\n| --- | --- |\n| ${text} | c |`,
    tags: ["table", "thead", "tbody", "tr", "th", "td"],
  },
];

function tagsOf(html: string): string[] {
  return [...html.matchAll(/<\/?([a-z0-9]*|!)[^>]*>/gi)].map((match) => match[1] ?? "");
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

const squeeze = (text: string) => text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();

const shown = (text: string) =>
  squeeze(
    text
      .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
      .replace(/\p{Cs}/gu, "\ufffd"),
  ) || "–";

function expectInert(text: string): void {
  const escaped = escapeMarkdown(text);
  expect(escaped).not.toMatch(/[\r\n]/);
  for (const { wrap, tags } of PLACES) {
    const html = marked.parse(wrap(escaped), { async: false, gfm: true });
    for (const tag of tagsOf(html)) expect(tags, `${wrap(escaped)} → ${html}`).toContain(tag);
    expect(squeeze(textOf(html)), wrap(escaped)).toContain(shown(text));
  }
}

test.each(HOSTILE)("a hostile text stays text: %j", (text) => {
  expectInert(text);
});

test("any text stays text, wherever it stands in a document", () => {
  const mark = fc.constantFrom(..."#*_`[]()<>!|~-+=.:/@&\\$\n\t 1a字".split(""), "www.", "http://");
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.array(mark, { maxLength: 30 }).map((marks) => marks.join("")),
    fc
      .array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 3 })
      .map((all) => all.join("\n")),
  );
  fc.assert(fc.property(text, expectInert), { numRuns: 300 });
});

test("readable text stays readable", () => {
  expect(escapeMarkdown("Dr. Li paid 1,200.50 (net) on 2026-11-23.")).toBe(
    "Dr. Li paid 1,200.50 (net) on 2026-11-23.",
  );
  expect(escapeMarkdown("北京的人口约为 2184 万。")).toBe("北京的人口约为 2184 万。");
});
