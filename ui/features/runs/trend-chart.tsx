import { keepPreviousData, queryOptions } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import type { RunRow } from "../../../src/contract/run.ts";
import type { Trend, TrendPoint } from "../../../src/contract/trend.ts";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { formatCount, formatDay, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Select } from "../../kit/select.tsx";

const DAYS = 30;
/** In words beneath; the chart marks all. */
const MOST_CHANGES = 3;
const DAY_MS = 86_400_000;
/** Tags that name what was running. */
const RELEASE_TAGS = ["release", "version"];

export function trendQuery(metric: string, tag: string) {
  return queryOptions({
    queryKey: ["runs", "trend", metric, tag],
    queryFn: ({ signal }) =>
      request("GET /api/trends", { query: { metric, days: DAYS, tag }, signal }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** One metric by day, with its intervals and the days on which a release first ran or the judge changed; the same numbers as a table beneath. */
export function TrendChart(props: {
  trend: Trend;
  metrics: readonly string[];
  runs: readonly RunRow[];
  onMetric: (metric: string) => void;
}) {
  const words = useMetricWords();
  const days = () => props.trend.points.map(({ day }) => Date.parse(day));
  const [first, last] = [() => days()[0] ?? 0, () => days().at(-1) ?? 0];
  const x = (day: string) =>
    (100 * (Date.parse(day) - first())) / Math.max(DAY_MS, last() - first());
  const y = (value: number) => 100 * (1 - words.position(props.trend.metric, value));
  const range = () => words.info(props.trend.metric)?.range ?? [0, 1];
  const middle = () => (range()[0] + range()[1]) / 2;
  const isInside = (day: string) => x(day) >= 0 && x(day) <= 100;
  const releases = () => releasesOf(props.runs).filter(({ day }) => isInside(day));
  const options = () => [...new Set([props.trend.metric, ...props.metrics])];
  return (
    <section aria-labelledby="trend" class="card mt-4 p-4">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="trend" class="text-sm font-medium">
          {t().runs.trends.title(formatCount(DAYS))}
        </h2>
        <Select
          aria-label={t().runs.trends.metric}
          class="field w-auto px-2 py-1 text-sm"
          chosen={props.trend.metric}
          options={options().map((one) => [one, words.title(one)])}
          onChoose={props.onMetric}
        />
      </div>
      <div class="mt-3 grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-2 text-xs text-faint">
        <div class="relative h-32 text-right" aria-hidden="true">
          <For each={[range()[1], middle(), range()[0]]}>
            {(value) => (
              <span class="absolute right-0 -translate-y-1/2" style={{ top: `${y(value)}%` }}>
                {formatScore(value)}
              </span>
            )}
          </For>
        </div>
        <div class="relative h-32">
          <Picture
            points={props.trend.points}
            x={x}
            y={y}
            lines={[range()[1], middle(), range()[0]]}
          />
          <For each={props.trend.judge_changes.filter(({ day }) => isInside(day))}>
            {({ day, before, judges }) => (
              <Mark
                class="border-warn text-warn"
                at={x(day)}
                name={namesOf(judges)}
                title={t().runs.trends.judged(namesOf(before), namesOf(judges), formatDay(day))}
                isLow
              />
            )}
          </For>
          <For each={releases()}>
            {({ day, name }) => (
              <Mark
                class="border-accent text-accent"
                at={x(day)}
                name={name}
                title={`${name}, ${formatDay(day)}`}
              />
            )}
          </For>
        </div>
        <span />
        <p class="mt-1 flex justify-between" aria-hidden="true">
          <span>{formatDay(props.trend.points[0]?.day ?? "")}</span>
          <span>{formatDay(props.trend.points.at(-1)?.day ?? "")}</span>
        </p>
      </div>
      <For each={props.trend.judge_changes.slice(-MOST_CHANGES)}>
        {({ day, before, judges }) => (
          <p class="mt-1 text-xs break-words text-warn">
            {t().runs.trends.judged(namesOf(before), namesOf(judges), formatDay(day))}
          </p>
        )}
      </For>
      <details class="mt-1 text-xs text-faint">
        <summary>{t().runs.trends.numbers}</summary>
        <table class="mt-1 text-left">
          <thead class="sr-only">
            <tr>
              <th scope="col">{t().runs.trends.day}</th>
              <th scope="col">{words.title(props.trend.metric)}</th>
              <th scope="col">{t().runs.samples}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.trend.points}>
              {(point) => (
                <tr>
                  <th scope="row" class="pr-4 font-normal">
                    {formatDay(point.day)}
                  </th>
                  <td class="pr-4" title={intervalOf(point)}>
                    {formatScore(point.mean)}
                  </td>
                  <td>n = {formatCount(point.n)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </details>
    </section>
  );
}

/** A day with its name, which stands on the side that has room. */
function Mark(props: { at: number; name: string; title: string; class: string; isLow?: boolean }) {
  const isRight = () => props.at > 50;
  return (
    <span
      class={`absolute inset-y-0 flex border-dashed ${props.isLow ? "items-end" : ""} ${isRight() ? "border-r pr-1" : "border-l pl-1"} ${props.class}`}
      style={isRight() ? { right: `${100 - props.at}%` } : { left: `${props.at}%` }}
      title={props.title}
    >
      <span class="block max-w-28 truncate">{props.name}</span>
    </span>
  );
}

const namesOf = (judges: readonly string[]) => judges.join(", ");

/** The first day of each release among these runs. */
function releasesOf(runs: readonly RunRow[]): { day: string; name: string }[] {
  const first = new Map<string, string>();
  for (const { tags, started_at } of runs) {
    const day = started_at.slice(0, 10);
    for (const tag of RELEASE_TAGS) {
      const name = tags[tag];
      if (name !== undefined && day < (first.get(name) ?? "9")) first.set(name, day);
    }
  }
  return [...first].map(([name, day]) => ({ day, name }));
}

function intervalOf({ interval }: TrendPoint): string {
  return interval
    ? t().score.intervalMean(formatScore(interval[0]), formatScore(interval[1]))
    : t().score.noInterval;
}

/** Days without samples are gaps in time, not in the line. */
function Picture(props: {
  points: readonly TrendPoint[];
  x: (day: string) => number;
  y: (value: number) => number;
  lines: readonly number[];
}) {
  const line = () =>
    props.points.map(({ day, mean }) => `${props.x(day)},${props.y(mean)}`).join(" ");
  return (
    <svg
      class="absolute inset-0 size-full overflow-visible"
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <g class="stroke-line" stroke-width="1">
        <For each={props.lines}>
          {(value) => (
            <line
              x1="0"
              x2="100"
              y1={props.y(value)}
              y2={props.y(value)}
              vector-effect="non-scaling-stroke"
            />
          )}
        </For>
      </g>
      <g class="stroke-line-strong" stroke-width="1.5">
        <For each={props.points}>
          {({ day, interval }) => (
            <Show when={interval}>
              {(known) => (
                <line
                  x1={props.x(day)}
                  x2={props.x(day)}
                  y1={props.y(known()[0])}
                  y2={props.y(known()[1])}
                  vector-effect="non-scaling-stroke"
                />
              )}
            </Show>
          )}
        </For>
      </g>
      <polyline
        points={line()}
        fill="none"
        class="stroke-accent"
        stroke-width="2"
        vector-effect="non-scaling-stroke"
      />
      <g class="stroke-accent" stroke-width="7" stroke-linecap="round">
        <For each={props.points}>
          {({ day, mean }) => (
            <line
              x1={props.x(day)}
              x2={props.x(day)}
              y1={props.y(mean)}
              y2={props.y(mean)}
              vector-effect="non-scaling-stroke"
            />
          )}
        </For>
      </g>
    </svg>
  );
}
