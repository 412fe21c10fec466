import { queryOptions, useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import type { Trend, TrendPoint } from "../../../src/contract/trend.ts";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { formatCount, formatDay, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";

const DAYS = 30;
const DAY_MS = 86_400_000;
const MOST = 4;

/** The daily means of the metrics in view, a small picture each, the same numbers as a table beneath. */
export default function TrendStrip(props: { metrics: readonly string[]; tag: string }) {
  return (
    <section aria-labelledby="trends" class="mt-6">
      <h2 id="trends" class="text-sm font-medium text-soft">
        {t().runs.trends.title(formatCount(DAYS))}
      </h2>
      <div class="mt-2 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <For each={props.metrics.slice(0, MOST)}>
          {(metric) => <MetricTrend metric={metric} tag={props.tag} />}
        </For>
      </div>
    </section>
  );
}

function MetricTrend(props: { metric: string; tag: string }) {
  const words = useMetricWords();
  const query = useQuery(() =>
    queryOptions({
      queryKey: ["runs", "trend", props.metric, props.tag],
      queryFn: ({ signal }) => {
        const query = { metric: props.metric, days: DAYS, tag: props.tag };
        return request("GET /api/trends", { query, signal });
      },
      staleTime: 60_000,
    }),
  );
  const trend = (): Trend | null => (query.isPending ? null : (query.data ?? null));
  const last = () => trend()?.points.at(-1);
  return (
    <article class="card min-w-0 p-3" aria-label={words.title(props.metric)}>
      <h3 class="flex items-baseline justify-between gap-2 text-xs text-faint">
        <span class="truncate">{words.title(props.metric)}</span>
        <Show when={last()}>
          {(point) => <b class="text-sm font-medium text-ink">{formatScore(point().mean)}</b>}
        </Show>
      </h3>
      <Show when={trend()?.points.length} fallback={<Nothing isWaiting={query.isPending} />}>
        <Picture
          points={trend()?.points ?? []}
          at={(value) => words.position(props.metric, value)}
        />
        <details class="mt-1 text-xs text-faint">
          <summary>{t().runs.trends.numbers}</summary>
          <table class="mt-1 w-full text-left">
            <thead class="sr-only">
              <tr>
                <th scope="col">{t().runs.trends.day}</th>
                <th scope="col">{words.title(props.metric)}</th>
                <th scope="col">{t().runs.samples}</th>
              </tr>
            </thead>
            <tbody>
              <For each={trend()?.points}>
                {(point) => (
                  <tr>
                    <th scope="row" class="font-normal">
                      {formatDay(point.day)}
                    </th>
                    <td title={intervalOf(point)}>{formatScore(point.mean)}</td>
                    <td class="text-right">n = {formatCount(point.n)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </details>
      </Show>
    </article>
  );
}

function Nothing(props: { isWaiting: boolean }) {
  return (
    <p class="flex h-14 items-center text-xs text-faint">
      {props.isWaiting ? t().app.loading : t().runs.trends.none}
    </p>
  );
}

function intervalOf({ interval }: TrendPoint): string {
  return interval
    ? t().score.intervalMean(formatScore(interval[0]), formatScore(interval[1]))
    : t().score.noInterval;
}

/** Means by day with their intervals; days without samples are gaps in time, not in the line. */
function Picture(props: { points: readonly TrendPoint[]; at: (value: number) => number }) {
  const lastDay = () => Date.parse(new Date().toISOString().slice(0, 10));
  const x = (day: string) => 100 - ((lastDay() - Date.parse(day)) / DAY_MS / (DAYS - 1)) * 100;
  const y = (value: number) => 38 - props.at(value) * 36;
  const line = () => props.points.map(({ day, mean }) => `${x(day)},${y(mean)}`).join(" ");
  return (
    <svg
      class="mt-1 h-14 w-full overflow-visible"
      viewBox="-2 0 104 40"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <line
        x1="0"
        x2="100"
        y1="38"
        y2="38"
        class="stroke-line"
        vector-effect="non-scaling-stroke"
      />
      <line x1="0" x2="100" y1="2" y2="2" class="stroke-line" vector-effect="non-scaling-stroke" />
      <For each={props.points}>
        {({ day, interval }) => (
          <Show when={interval}>
            {(known) => (
              <line
                x1={x(day)}
                x2={x(day)}
                y1={y(known()[0])}
                y2={y(known()[1])}
                class="stroke-line-strong"
                stroke-width="2"
                vector-effect="non-scaling-stroke"
              />
            )}
          </Show>
        )}
      </For>
      <polyline
        points={line()}
        fill="none"
        class="stroke-accent"
        stroke-width="2"
        vector-effect="non-scaling-stroke"
      />
      <For each={props.points}>
        {({ day, mean }) => (
          <line
            x1={x(day)}
            x2={x(day)}
            y1={y(mean)}
            y2={y(mean)}
            class="stroke-accent"
            stroke-width="7"
            stroke-linecap="round"
            vector-effect="non-scaling-stroke"
          />
        )}
      </For>
    </svg>
  );
}
