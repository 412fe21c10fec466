import { Show } from "solid-js";
import type { Advice, Report } from "../../../src/contract/report.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { formatCount, formatDifference, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { countProblems } from "./sample-view.ts";

/** What decides, in one sentence: how many samples have a problem, and what to fix first. */
export function FindingLine(props: { report: Report; hrefOfCause: (cause: string) => string }) {
  const words = useMetricWords();
  const total = () => formatCount(props.report.run.total_samples);
  const first = () => props.report.advice[0];
  const low = () =>
    Object.entries(props.report.metrics)
      .filter(([name, { mean }]) => mean !== null && isLow(words.level(name, mean)))
      .map(([name, { mean }]) => `${words.title(name)} ${formatScore(mean ?? 0)}`);
  return (
    <p class="text-lg leading-snug font-medium break-words">
      {countProblems(props.report) > 0
        ? t().finding.some(formatCount(countProblems(props.report)), total())
        : t().finding.none(total())}
      <Show
        when={first()}
        fallback={
          <Show when={low().length > 0}>
            <span class="text-warn">{t().finding.low(low().join(t().finding.and))}</span>
          </Show>
        }
      >
        {(advice) => (
          <>
            {t().finding.first}
            <a class="link" href={props.hrefOfCause(advice().cause)} noScroll>
              {wordFor(t().causes, advice().cause)}
            </a>
            <span class="font-normal text-soft">
              <AdviceFacts report={props.report} advice={advice()} />
            </span>
          </>
        )}
      </Show>
    </p>
  );
}

const isLow = (level: string) => level === "bad" || level === "warn";

/** How many samples, how much work, how much could be won at most. */
function AdviceFacts(props: { report: Report; advice: Advice }) {
  const gain = useGainWords();
  const parts = () => [
    t().finding.samples(formatCount(samplesOf(props.report, props.advice))),
    t().finding.effort[props.advice.effort],
    ...gain(props.advice),
  ];
  return <>{t().finding.facts(parts().join(t().finding.and))}</>;
}

/** Samples whose main cause it is: those its link shows. A cause that is nowhere the main one has those it is found in. */
export function samplesOf(report: Report, advice: Advice): number {
  return report.diagnosis[advice.cause] ?? advice.facts.affected;
}

/** Nothing where nothing could be won. */
export function useGainWords(): (advice: Advice) => string[] {
  const words = useMetricWords();
  return ({ metric, gain: { bound } }) => {
    if (bound < 0.005) return [];
    const sign = words.info(metric)?.direction === "lower" ? -1 : 1;
    return [t().finding.gain(words.title(metric), formatDifference(sign * bound))];
  };
}
