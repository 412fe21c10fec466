import fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, test } from "vitest";
import { buildReport } from "../../src/reports/report/build-report.ts";
import { renderAdviceMarkdown } from "../../src/reports/text/advice-markdown.ts";
import { escapeHtml } from "../../src/reports/text/html/escape-html.ts";
import { renderMarkdown } from "../../src/reports/text/html/report-html.ts";
import { escapeMarkdown, markdownTable } from "../../src/reports/text/markdown.ts";
import { renderSummaryMarkdown } from "../../src/reports/text/summary-markdown.ts";
import { HOSTILE_TEXTS } from "../worker/hostile-inputs.ts";
import { FAULTS } from "./faults.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene } from "./scenes.ts";
import { inputOf, scoreEvidence } from "./scored-samples.ts";

/** What a whole Markdown library makes of it, with HTML, links and images as text. */
function renderByLibrary(markdown: string): string {
  const marked = new Marked({
    gfm: true,
    renderer: {
      html: ({ text }) => escapeHtml(text),
      link: ({ text }) => escapeHtml(text),
      image: ({ text }) => escapeHtml(text),
    },
  });
  return squeeze(marked.parse(markdown, { async: false }));
}

/** Blanks between tags mean nothing. */
function squeeze(html: string): string {
  return html.replace(/\s*(<[^<>]*>)\s*/g, "$1").trim();
}

function expectAsLibrary(markdown: string): void {
  expect(squeeze(renderMarkdown(markdown, 0))).toBe(renderByLibrary(markdown));
}

/** A document with a text in each place our documents put one. */
function documentOf(text: string): string {
  const safe = escapeMarkdown(text);
  return [
    `# ${safe}`,
    "",
    `A paragraph with ${safe} in it,`,
    `**${safe}**: and on.`,
    "",
    `1. first ${safe}`,
    "2. second",
    "",
    `- **${safe}** (0.5)`,
    `  - 问题：${safe}`,
    `    - deeper: ${safe}`,
    "  - and back `POST /api/runs`",
    "- last",
    "",
    ...markdownTable(
      ["Sample", safe],
      [
        [safe, "0.50"],
        ["–", safe],
      ],
    ),
    "",
  ].join("\n");
}

describe("our Markdown becomes the HTML a whole library makes of it", () => {
  test.each(["zh", "en"] as const)("the documents of every planted fault (%s)", (language) => {
    for (const fault of [null, ...FAULTS]) {
      const scene = cleanScene(language, 1, 3);
      const planted = fault ? fault.plant(scene, 1) : scene;
      const input = inputOf([scoreEvidence(perfectEvidence(planted))], language);
      const report = buildReport(input);
      expectAsLibrary(renderAdviceMarkdown(input, report));
      expectAsLibrary(renderSummaryMarkdown(input, report));
    }
  });

  test.each(HOSTILE_TEXTS.map((text) => [text.slice(0, 40), text]))("%j", (_, text) => {
    expectAsLibrary(documentOf(text));
  });

  test("any text", () => {
    const marks = fc.string({ unit: fc.constantFrom(..."\\`*_[]<>&|~$!#-+=.:1) \n试a/@") });
    fc.assert(
      fc.property(fc.oneof(marks, fc.string({ unit: "grapheme" })), (text) => {
        expectAsLibrary(documentOf(text));
      }),
      { numRuns: 1000 },
    );
  });
});

test("headings move down, to the sixth at most; tags of a text are text", () => {
  expect(renderMarkdown("# a\n\n##### b\n\n<b>c</b>", 2)).toBe(
    "<h3>a</h3>\n<h6>b</h6>\n<p>&lt;b&gt;c&lt;/b&gt;</p>\n",
  );
});
