import type { Report } from "../../contract/report.ts";
import { tokensToCharge, tokensTold } from "../../scoring/usage.ts";
import type { ReportInput } from "../report-input.ts";
import { escapeMarkdown } from "./markdown.ts";
import type { Words } from "./words/en.ts";

/** Who judged, with which limits and versions, and how to get the same numbers again. */
export function methodLines(input: ReportInput, report: Report, words: Words): string[] {
  const { run, usage } = report;
  const { method } = words;
  const judged = input.samples.flatMap(({ evidence }) => evidence ?? []);
  const offline = judged.filter((evidence) => evidence.method === "offline").length;
  const unsure = judged.filter((evidence) => evidence.confidence === "low").length;
  const bounded = judged.filter((evidence) => evidence.unchecked).length;
  const versions = Object.entries(report.versions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, version]) => `${escapeMarkdown(name)} ${escapeMarkdown(version)}`);
  const facts = [
    method.judge(escapeMarkdown(run.judge)),
    run.judge_model === null ? null : method.judgeModel(escapeMarkdown(run.judge_model)),
    run.embedding_model === null
      ? null
      : method.embeddingModel(escapeMarkdown(run.embedding_model)),
    offline > 0 ? method.offlineLimits : null,
    offline < judged.length ? method.llmLimits : null,
    unsure > 0 ? method.lowConfidence(unsure) : null,
    bounded > 0 ? method.uncheckedClaims(bounded) : null,
    report.controls ? method.controls(report.controls.held, report.controls.asked) : null,
    report.controls?.is_reliable === false ? method.unreliable : null,
    measuredLine(report, words),
    ...steadiness(report, words),
    report.consistency ? method.intervalWithJudge : method.interval,
    method.usage({
      calls: usage.judge_calls,
      cached: usage.cached_calls,
      tokens: tokensTold(usage),
      estimate: tokensToCharge(usage),
    }),
    versions.length > 0 ? method.versions(versions.join(words.listSeparator)) : null,
    method.reproduce(run.run_id.replace(/[^\w-]/g, "_")),
  ];
  return facts.flatMap((fact) => (fact === null ? [] : `- ${fact}`));
}

/** How far the judge was known to be right; null: nobody looked whether it was measured. */
function measuredLine({ judge_measured: measured }: Report, { method }: Words): string | null {
  if (measured === undefined) return null;
  if (measured === null || measured.accuracy === null) return method.neverMeasured;
  const [low, high] = measured.interval ?? [0, 1];
  return method.measured({
    accuracy: percentOf(measured.accuracy),
    interval: `${percentOf(low)}–${percentOf(high)}`,
    claims: measured.claims,
    day: measured.day,
  });
}

/** How often the judge said something else when asked a second time. */
function steadiness({ consistency }: Report, { method }: Words): string[] {
  if (!consistency) return [];
  const { verdicts, doubtful, random, flip_rate: rate, interval } = consistency;
  return [
    method.askedTwice({ verdicts, doubtful, random }),
    ...(rate === null || interval === null
      ? []
      : [method.flipRate(percentOf(rate), `${percentOf(interval[0])}–${percentOf(interval[1])}`)]),
  ];
}

function percentOf(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
