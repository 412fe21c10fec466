import type { MetricSummary } from "../../../contract/report.ts";
import type { MetricInfo } from "../../../contract/service.ts";
import { kindOfJudge } from "../../../scoring/outcome.ts";
import { formatInterval, formatScore } from "../labels.ts";
import type { Words } from "../words/en.ts";
import { escapeHtml } from "./escape-html.ts";

const WIDTH = 200;
const BARS_HEIGHT = 44;
const BAR_WIDTH = WIDTH / 10;

/** One metric: its mean, the spread of the samples as ten bars, and the interval of the mean below them. */
export function metricFigure(
  title: string,
  summary: MetricSummary,
  info: MetricInfo,
  words: Words,
): string {
  const mean = summary.mean === null ? words.none : formatScore(summary.mean);
  const interval = summary.interval ? ` [${formatInterval(summary.interval)}]` : "";
  const caption = `n = ${summary.n}${words.aside(words.direction[info.direction])}`;
  const apart = Object.entries(summary.by_judge ?? {}).map(
    ([judge, { mean, n }]) =>
      `${words.judge[kindOfJudge(judge)]}${words.colon}${mean === null ? words.none : formatScore(mean)}${words.aside(`n = ${n}`)}`,
  );
  const label = `${title}${words.colon}${mean}${interval} ${caption}`;
  return `<figure><figcaption><span class="name">${escapeHtml(title)}</span>
<span class="mean">${mean}</span> <span class="interval">${interval.trim()}</span>
<span class="note">${escapeHtml(caption)}</span>${apart.map((line) => `\n<span class="note">${escapeHtml(line)}</span>`).join("")}</figcaption>
<svg viewBox="0 0 ${WIDTH} 64" role="img" aria-label="${escapeHtml(label)}">
${bars(summary)}${whisker(summary, info)}</svg></figure>`;
}

function bars({ histogram }: MetricSummary): string {
  const most = Math.max(1, ...histogram);
  return histogram
    .map((count, index) => {
      const height = round((count / most) * BARS_HEIGHT);
      const x = index * BAR_WIDTH + 1;
      return `<rect class="bar" x="${x}" y="${round(BARS_HEIGHT - height)}" width="${BAR_WIDTH - 2}" height="${height}"/>`;
    })
    .join("");
}

function whisker({ mean, interval }: MetricSummary, { range }: MetricInfo): string {
  if (mean === null) return "";
  const x = (value: number) => round(((value - range[0]) / (range[1] - range[0])) * WIDTH);
  const line = interval
    ? `<line class="whisker" x1="${x(interval[0])}" x2="${x(interval[1])}" y1="56" y2="56"/>`
    : "";
  return `<line class="axis" x1="0" x2="${WIDTH}" y1="${BARS_HEIGHT}" y2="${BARS_HEIGHT}"/>${line}<circle class="dot" cx="${x(mean)}" cy="56" r="4"/>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
