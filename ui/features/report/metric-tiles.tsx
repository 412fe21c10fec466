import { For, Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import type { PeopleReport, ReviewedReport } from "../../../src/contract/review.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { CoverageBadge } from "../../kit/coverage-badge.tsx";
import { formatCount, formatScore } from "../../kit/format.ts";
import { InfoPopover } from "../../kit/info-popover.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { language } from "../../kit/preferences.ts";
import { ScoreTrack } from "../../kit/score-track.tsx";
import { TrustStrip } from "./trust-strip.tsx";

/** The result at a glance: every metric asked for, in the order of the request. */
export function VerdictStrip(props: { report: ReviewedReport; reviewHref: string | null }) {
  const metrics = () => props.report.run.metrics.filter((name) => props.report.metrics[name]);
  return (
    <section aria-labelledby="verdict">
      <h2 id="verdict" class="sr-only">
        {t().report.verdict}
      </h2>
      <ul class="card grid grid-cols-2 overflow-hidden sm:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))]">
        <For each={metrics()}>
          {(metric) => (
            <Show when={props.report.metrics[metric]}>
              {(summary) => (
                <MetricTile
                  metric={metric}
                  summary={summary()}
                  isSingle={props.report.run.total_samples === 1}
                  corrected={props.report.people?.corrected[metric]}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
      <p class="mt-2 text-xs text-faint">{t().score.legend}</p>
      <TrustStrip report={props.report} reviewHref={props.reviewHref} />
    </section>
  );
}

type Summary = Report["metrics"][string];
type Corrected = PeopleReport["corrected"][string];

/** One metric of the verdict strip. What is missing is said as plainly as what is there. */
function MetricTile(props: {
  metric: string;
  summary: Summary;
  isSingle: boolean;
  /** The mean as people would have judged it, once enough of them did. */
  corrected: Corrected | undefined;
}) {
  const words = useMetricWords();
  const summary = () => props.summary;
  const direction = () => words.info(props.metric)?.direction;
  const missing = () => Object.entries(summary().missing).filter(([, n]) => n > 0);
  return (
    <li class="-mr-px -mb-px flex min-w-0 flex-col border-r border-b border-line p-4">
      <div class="flex items-center justify-between gap-2 text-sm text-soft">
        <h3 class="min-w-0 break-words">{words.title(props.metric)}</h3>
        <MetricMeaning metric={props.metric} />
      </div>
      <Show
        when={summary().mean !== null}
        fallback={<p class="mt-1 text-lg text-faint">{t().report.noNumber}</p>}
      >
        <p class="mt-1 flex flex-wrap items-baseline gap-x-2">
          <span class="text-[1.75rem] leading-tight font-semibold">
            {formatScore(summary().mean ?? 0)}
          </span>
          <span class="text-xs text-faint">{t().score.levels[level()]}</span>
          <CoverageBadge coverage={summary().coverage} />
        </p>
        <div class="mt-2">
          <ScoreTrack
            metric={props.metric}
            value={summary().mean ?? 0}
            interval={summary().interval}
          />
        </div>
        <p class="mt-1.5 text-xs text-faint">
          {[direction() && t().score[direction() ?? "higher"], intervalWords()]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </Show>
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
      <For each={missing()}>
        {([reason, n]) => (
          <p class="mt-1 text-xs text-soft">
            {props.isSingle
              ? wordFor(t().reasons, reason)
              : t().report.missing(formatCount(n), wordFor(t().reasons, reason))}
          </p>
        )}
      </For>
      <Show when={summary().band}>
        {(band) => (
          <p class="mt-1 text-xs text-warn">
            {t().report.band(formatScore(band()[0]), formatScore(band()[1]))}
          </p>
        )}
      </Show>
    </li>
  );

  function level() {
    return words.level(props.metric, summary().mean ?? 0);
  }

  function intervalWords(): string {
    const interval = summary().interval;
    const n = t().report.n(formatCount(summary().n));
    if (interval) {
      return `${t().score.intervalMean(formatScore(interval[0]), formatScore(interval[1]))} · ${n}`;
    }
    return props.isSingle ? t().score.noIntervalOne : `${n} · ${t().score.noInterval}`;
  }
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
