import { Marked, type RendererObject } from "marked";
import type { Report } from "../../../contract/report.ts";
import type { PeopleReport } from "../../../contract/review.ts";
import { metricInfo } from "../../metric-info.ts";
import type { ReportInput } from "../../report-input.ts";
import { renderAdviceMarkdown } from "../advice-markdown.ts";
import { formatInterval, formatScore, metricLabel } from "../labels.ts";
import { sha256Base64 } from "../sha256.ts";
import { renderSummaryMarkdown } from "../summary-markdown.ts";
import { WORDS } from "../words/words.ts";
import { escapeHtml } from "./escape-html.ts";
import { metricFigure } from "./metric-figure.ts";
import { REPORT_STYLE } from "./report-style.ts";
import { sampleSection } from "./sample-section.ts";

/** No script, no request, and only this one style: the file can do nothing but be read. */
function policy(): string {
  return `default-src 'none'; style-src 'sha256-${sha256Base64(REPORT_STYLE)}'; base-uri 'none'; form-action 'none'`;
}

const LANGUAGE_TAGS = { zh: "zh-CN", en: "en" };

/** `report.html`: the whole report in one file that works from disk and on paper. The same input gives the same bytes. */
export function renderReportHtml(
  input: ReportInput,
  report: Report,
  people: PeopleReport | null = null,
): string {
  const words = WORDS[report.language];
  const { run } = report;
  const name = escapeHtml(run.name ?? run.run_id);
  const figures = Object.entries(report.metrics).map(([metric, summary]) => {
    const info = metricInfo(metric);
    return metricFigure(info.title[report.language], summary, info, words);
  });
  const samples = report.lowest.flatMap(
    (row) => input.samples.find((sample) => sample.sample_id === row.sample_id) ?? [],
  );
  return `<!doctype html>
<html lang="${LANGUAGE_TAGS[report.language]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${name}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<p class="brand">试金石 Touchstone</p>
<h1>${name}</h1>
<p class="lead">${escapeHtml([run.name && run.run_id, run.judge, run.finished_at].filter(Boolean).join(" · "))}</p>
<div class="figures">${figures.join("\n")}</div>
${people ? renderMarkdown(peopleLines(report, people).join("\n"), 1) : ""}
${renderMarkdown(renderAdviceMarkdown(input, report), 1)}
${renderMarkdown(renderSummaryMarkdown(input, report), 1)}
${samples.length > 0 ? `<h2>${words.summary.evidenceHeading}</h2>` : ""}
${samples.map((sample) => sampleSection(sample, report.language)).join("\n")}
</main>
</body>
</html>
`;
}

/** What people said of a run's judge, and means as they would have judged them beside the raw ones; Markdown. */
function peopleLines(report: Report, people: PeopleReport): string[] {
  const { language } = report;
  const words = WORDS[language];
  const agreements = (["claims", "samples"] as const).flatMap((of) => {
    const { n, rate, interval, kappa } = people[of];
    if (n === 0 || rate === null) return [];
    const facts = {
      n,
      rate: words.percent(Math.round(rate * 100)),
      interval: interval ? formatInterval(interval) : null,
      kappa: kappa === null ? null : formatScore(kappa),
    };
    return [`- ${words.people[of](facts)}`];
  });
  const corrected = Object.entries(people.corrected).map(
    ([metric, { raw, mean, interval, labels }]) =>
      `- ${metricLabel(metric, language)}${words.colon}${words.people.corrected({
        raw: formatScore(raw),
        mean: formatScore(mean),
        interval: formatInterval(interval),
        labels,
      })}`,
  );
  const lines = [...agreements, ...corrected];
  return lines.length === 0 ? [] : [`# ${words.people.heading}`, "", ...lines];
}

/** HTML, links and images of foreign texts stay text; a row of a table is one line. */
const RENDERER: RendererObject = {
  html: ({ text }) => escapeHtml(text),
  link: ({ text }) => escapeHtml(text),
  image: ({ text }) => escapeHtml(text),
  tablerow: ({ text }) => `<tr>${text}</tr>\n`,
  tablecell({ header, tokens }) {
    const tag = header ? "th" : "td";
    return `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
  },
};

/** Our own Markdown as HTML, headings moved down by `shift`. */
export function renderMarkdown(markdown: string, shift: number): string {
  const marked = new Marked({
    gfm: true,
    renderer: RENDERER,
    walkTokens(token) {
      if (token.type === "heading") token.depth = Math.min(6, token.depth + shift);
    },
  });
  return marked.parse(markdown, { async: false });
}
