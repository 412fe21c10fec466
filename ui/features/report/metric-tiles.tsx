import { For, Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import type { PeopleReport, ReviewedReport } from "../../../src/contract/review.ts";
import type { Run } from "../../../src/contract/run.ts";
import { kindOfJudge } from "../../../src/scoring/outcome.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { CoverageBadge } from "../../kit/coverage-badge.tsx";
import { formatCount, formatDifference, formatScore } from "../../kit/format.ts";
import { InfoPopover } from "../../kit/info-popover.tsx";
import { LowConfidence } from "../../kit/low-confidence.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { language } from "../../kit/preferences.ts";
import { ScoreTrack } from "../../kit/score-track.tsx";
import { Histogram } from "./histogram.tsx";

/** The result at a glance: every metric asked for, in the order of the request, in one strip. */
export function MetricTiles(props: {
  report: ReviewedReport;
  base: Run | null;
  /** A bar was chosen. */
  onBar: (metric: string, low: number, high: number) => void;
}) {
  const metrics = () => props.report.run.metrics.filter((name) => props.report.metrics[name]);
  const lacksModel = () =>
    kindOfJudge(props.report.run.judge) === "offline" &&
    metrics().some((name) => props.report.metrics[name]?.sure !== undefined);
  return (
    <section aria-labelledby="verdict" class="min-w-0">
      <h2 id="verdict" class="sr-only">
        {t().report.verdict}
      </h2>
      <Show when={props.report.judged_by}>
        {(judged) => (
          <p class="mb-2 text-sm text-warn">
            {t().trust.judgedBy(
              Object.entries(judged())
                .map(([judge, n]) =>
                  t().trust.judgedPart(t().score.methods[kindOfJudge(judge)], formatCount(n)),
                )
                .join(" · "),
            )}
          </p>
        )}
      </Show>
      <div class="card overflow-x-auto" tabIndex={metrics().length > 5 ? 0 : undefined}>
        <ul class="grid grid-cols-2 sm:auto-cols-[minmax(12.5rem,1fr)] sm:grid-flow-col sm:grid-cols-none">
          <For each={metrics()}>
            {(metric) => (
              <Show when={props.report.metrics[metric]}>
                {(summary) => (
                  <MetricTile
                    metric={metric}
                    summary={summary()}
                    base={props.base?.metric_means[metric] ?? null}
                    isSingle={props.report.run.total_samples === 1}
                    corrected={props.report.people?.corrected[metric]}
                    onBar={(low, high) => props.onBar(metric, low, high)}
                  />
                )}
              </Show>
            )}
          </For>
        </ul>
      </div>
      <Show when={lacksModel()}>
        <p class="mt-1 text-xs text-soft print:hidden">
          {t().finding.connect}{" "}
          <a class="link" href="/settings#judge">
            {t().finding.connectHow}
          </a>
        </p>
      </Show>
    </section>
  );
}

type Summary = Report["metrics"][string];
type Corrected = PeopleReport["corrected"][string];

/** One metric of the strip. What is missing is said as plainly as what is there. */
function MetricTile(props: {
  metric: string;
  summary: Summary;
  /** The mean of the baseline. */
  base: number | null;
  isSingle: boolean;
  /** The mean as people would have judged it, once enough of them did. */
  corrected: Corrected | undefined;
  onBar: (low: number, high: number) => void;
}) {
  const words = useMetricWords();
  const summary = () => props.summary;
  const mean = () => summary().mean ?? 0;
  const missing = () => Object.entries(summary().missing).filter(([, n]) => n > 0);
  const why = () =>
    missing().map(([reason, n]) =>
      props.isSingle
        ? wordFor(t().reasons, reason)
        : t().report.missing(formatCount(n), wordFor(t().reasons, reason)),
    );
  return (
    <li class="flex min-w-0 flex-col border-line p-3 not-first:border-l max-sm:even:border-l max-sm:odd:border-l-0 max-sm:[&:nth-child(n+3)]:border-t">
      <div class="flex flex-wrap items-center gap-x-2 text-xs text-soft">
        <h3 class="min-w-0 flex-1 truncate" title={words.title(props.metric)}>
          {words.title(props.metric)}
        </h3>
        <Show when={summary().sure}>
          {(sure) => (
            <span class="max-sm:order-last max-sm:w-full">
              <LowConfidence n={props.isSingle ? undefined : formatCount(sure().low)} />
            </span>
          )}
        </Show>
        <MetricMeaning metric={props.metric} />
      </div>
      <Show
        when={summary().mean !== null}
        fallback={<p class="mt-1 text-lg text-faint">{t().report.noNumber}</p>}
      >
        <div class="flex items-end gap-x-3">
          <div class="shrink-0">
            <p class="flex flex-wrap items-baseline gap-x-1.5">
              <span class="text-2xl leading-tight font-semibold">{formatScore(mean())}</span>
              <span class="text-xs text-faint">
                {t().score.levels[words.level(props.metric, mean())]}
              </span>
            </p>
            <Show when={props.base !== null}>
              <Difference metric={props.metric} change={mean() - (props.base ?? 0)} />
            </Show>
          </div>
          <Show
            when={summary().n > 1}
            fallback={
              <ScoreTrack
                metric={props.metric}
                value={mean()}
                interval={summary().interval}
                isUnsure={summary().sure !== undefined}
              />
            }
          >
            <Histogram metric={props.metric} counts={summary().histogram} onBar={props.onBar} />
          </Show>
        </div>
        <p class="mt-1 flex flex-wrap items-center gap-x-2 text-xs text-faint">
          {intervalWords()}
          <CoverageBadge coverage={summary().coverage} />
        </p>
      </Show>
      <For each={Object.entries(summary().by_judge ?? {})}>
        {([judge, part]) => (
          <p class="mt-1 text-xs text-warn">
            {t().trust.meanBy(
              t().score.methods[kindOfJudge(judge)],
              formatScore(part.mean ?? 0),
              formatCount(part.n),
            )}
          </p>
        )}
      </For>
      <Show when={props.corrected}>
        {(corrected) => (
          <p class="mt-1 text-xs text-info">
            {t().trust.corrected(
              formatScore(corrected().mean),
              formatScore(corrected().interval[0]),
              formatScore(corrected().interval[1]),
              formatCount(corrected().labels),
            )}
          </p>
        )}
      </Show>
      <For each={why()}>{(line) => <p class="mt-1 text-xs text-soft">{line}</p>}</For>
      <Show when={summary().band}>
        {(band) => (
          <p class="mt-1 text-xs text-warn">
            {t().report.band(formatScore(band()[0]), formatScore(band()[1]))}
          </p>
        )}
      </Show>
    </li>
  );

  function intervalWords(): string {
    const interval = summary().interval;
    const n = t().report.n(formatCount(summary().n));
    if (interval) {
      return `${t().score.intervalMean(formatScore(interval[0]), formatScore(interval[1]))} · ${n}`;
    }
    return props.isSingle ? t().score.noIntervalOne : `${n} · ${t().score.noInterval}`;
  }
}

/** How the mean moved against the baseline; whether that is more than chance, the comparison says. */
function Difference(props: { metric: string; change: number }) {
  const words = useMetricWords();
  const isBetter = () => props.change > 0 === (words.info(props.metric)?.direction !== "lower");
  const isSame = () => Math.abs(props.change) < 0.005;
  return (
    <p
      class={`text-xs font-medium ${isSame() ? "text-faint" : isBetter() ? "text-good" : "text-bad"}`}
    >
      <span class="sr-only">{t().baseline.title}: </span>
      {isSame() ? t().baseline.same : formatDifference(props.change)}
    </p>
  );
}

/** What a metric measures, in which direction, by which formula, and where it comes from. */
function MetricMeaning(props: { metric: string }) {
  const words = useMetricWords();
  return (
    <Show when={words.info(props.metric)}>
      {(info) => (
        <InfoPopover label={`${t().report.whatItMeans}: ${words.title(props.metric)}`}>
          <p class="font-semibold">{words.title(props.metric)}</p>
          <p class="mt-1">{info().description[language()]}</p>
          <p class="mt-1 text-accent">{t().score[info().direction]}</p>
          <p class="mt-1 text-faint">{t().score.legend}</p>
          <dl class="mt-3 grid grid-cols-1 gap-2 text-sm">
            <div>
              <dt class="text-faint">{t().report.formula}</dt>
              <dd class="font-mono text-[0.8125rem] break-words">{info().formula}</dd>
            </div>
            <Show when={info().deviation}>
              {(deviation) => (
                <div>
                  <dt class="text-faint">{t().report.deviation}</dt>
                  <dd>{deviation()[language()]}</dd>
                </div>
              )}
            </Show>
            <div>
              <dt class="text-faint">{t().report.source}</dt>
              <dd class="break-words">{info().source}</dd>
            </div>
          </dl>
        </InfoPopover>
      )}
    </Show>
  );
}
