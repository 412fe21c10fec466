import type { Advice, Report } from "../../contract/report.ts";
import { type Finding, findCauses } from "../advice/findings.ts";
import { metricInfo } from "../metric-info.ts";
import type { ReportInput } from "../report-input.ts";
import { gapLines, proofLines } from "./advice-proof.ts";
import { healthyLines, unexplainedLines } from "./healthy-lines.ts";
import { formatGain, formatInterval, formatScore, metricLabel, missingReasons } from "./labels.ts";
import { escapeMarkdown } from "./markdown.ts";
import type { Words } from "./words/en.ts";
import { WORDS } from "./words/words.ts";

/** `optimization_advice.md`: each cause with gain, steps and proof; what cannot be seen; what to do first. */
export function renderAdviceMarkdown(input: ReportInput, report: Report): string {
  const words = WORDS[report.language];
  const found = findCauses(input.samples);
  const name = escapeMarkdown(report.run.name ?? report.run.run_id);
  const lines = [
    `# ${words.advice.title(name)}`,
    "",
    ...(report.advice.length === 0 ? healthyLines(report, words) : [intro(report, words)]),
    ...(report.advice_samples === undefined
      ? []
      : ["", words.advice.basis(report.advice_samples, report.run.total_samples)]),
    ...report.advice.flatMap((advice) => adviceLines(advice, report, found, words)),
    ...unexplainedLines(report, words),
    ...blindLines(input, report, words),
    ...orderLines(input, report, words),
  ];
  return `${lines.join("\n")}\n`;
}

type Found = ReadonlyMap<string, readonly Finding[]>;

/** Counts come from the report: the samples at hand may be only a part of a large run. */
function intro(report: Report, words: Words): string {
  return words.advice.intro({
    causes: report.advice.length,
    weak: Object.values(report.diagnosis).reduce((sum, n) => sum + n, 0),
    total: report.run.total_samples,
  });
}

function adviceLines(advice: Advice, report: Report, found: Found, words: Words): string[] {
  const examples = (found.get(advice.cause) ?? []).filter(({ sample }) =>
    advice.sample_ids.includes(sample.sample_id),
  );
  const ordered = advice.sample_ids.flatMap(
    (id) => examples.find(({ sample }) => sample.sample_id === id) ?? [],
  );
  return [
    "",
    `## ${advice.id} · ${words.severity[advice.severity]} · ${advice.title}`,
    "",
    advice.finding,
    "",
    `**${words.advice.gainHeading}**${words.colon}${gainText(advice, report, words)}`,
    "",
    `**${words.advice.effortHeading}**${words.colon}${words.effort[advice.effort]}`,
    "",
    ...(advice.engineer === undefined
      ? []
      : [`### ${words.advice.engineerHeading}`, "", escapeMarkdown(advice.engineer), ""]),
    `### ${words.advice.actionsHeading}`,
    "",
    ...advice.actions.map((action, index) => `${index + 1}. ${action}`),
    "",
    `### ${words.advice.proofHeading}`,
    "",
    ...ordered.flatMap((finding) => proofLines(finding, advice.metric, report.language)),
    ...(advice.cause === "missing_in_retrieval"
      ? gapLines(found.get(advice.cause) ?? [], words)
      : []),
    "",
    `### ${words.advice.checkHeading}`,
    "",
    advice.check,
  ];
}

function gainText(advice: Advice, report: Report, words: Words): string {
  const metric = metricLabel(advice.metric, report.language);
  const { bound, interval } = advice.gain;
  if (bound === 0) return words.advice.gainNone(metric);
  const mean = report.metrics[advice.metric]?.mean ?? null;
  const facts = {
    metric,
    bound: formatGain(bound),
    interval: interval ? formatInterval(interval) : null,
    mean: mean === null ? null : formatScore(mean),
  };
  const isUp = metricInfo(advice.metric).direction === "higher";
  return isUp ? words.advice.gainUp(facts) : words.advice.gainDown(facts);
}

function orderLines(input: ReportInput, report: Report, words: Words): string[] {
  const heading = ["", `## ${words.advice.orderHeading}`, ""];
  if (report.advice.length === 0) {
    const lacksReference = input.samples.some(({ evidence }) => evidence?.reference === null);
    const wishes = lacksReference ? [words.advice.sendGroundTruth] : [];
    return [...heading, ...[...words.advice.orderNothing, ...wishes].map((line) => `- ${line}`)];
  }
  const steps = report.advice.map((advice, index) => {
    const line = words.advice.orderLine({
      id: advice.id,
      title: advice.title,
      action: advice.actions[0] ?? "",
      effort: words.effort[advice.effort],
    });
    return `${index + 1}. ${line}`;
  });
  return [...heading, ...steps, "", words.advice.gainNote, "", words.advice.orderNote];
}

/** Which metrics have no value for some samples, and why, and what the judge cannot do: faults there go unseen. */
function blindLines(input: ReportInput, report: Report, words: Words): string[] {
  const lines = Object.entries(report.metrics).flatMap(([name, summary]) => {
    const missing = Object.values(summary.missing).reduce((sum, n) => sum + n, 0);
    if (missing === 0) return [];
    const line = words.advice.blindLine({
      metric: metricLabel(name, report.language),
      missing,
      total: summary.n + missing,
      reasons: missingReasons(summary.missing, words),
    });
    return [`- ${line}`];
  });
  const isOffline = input.samples.some(({ evidence }) => evidence?.method === "offline");
  if (isOffline) lines.push(`- ${words.method.offlineLimits}`);
  return lines.length === 0 ? [] : ["", `## ${words.advice.blindHeading}`, "", ...lines];
}
