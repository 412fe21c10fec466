import { useNavigate } from "@solidjs/router";
import { keepPreviousData, useQuery } from "@tanstack/solid-query";
import { createMemo, createSignal, For, Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { formatCount, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { Select } from "../../kit/select.tsx";
import { binPoints, countQuarters } from "./bin-points.ts";
import { ScatterPlot } from "./scatter-plot.tsx";

const MOST_NAMED = 8;

/** One metric against another: do weak answers come from weak retrieval? Every dot opens its samples. */
export default function Scatter(props: {
  report: Report;
  axes: { x: string; y: string };
  onAxes: (axes: Partial<{ x: string; y: string }>) => void;
  hrefOf: (sampleId: string) => string;
}) {
  const words = useMetricWords();
  const navigate = useNavigate();
  const query = useQuery(() => ({
    queryKey: ["points", props.report.run.run_id, props.axes],
    queryFn: ({ signal }) =>
      request("GET /api/runs/:run_id/points", {
        params: { run_id: props.report.run.run_id },
        query: props.axes,
        signal,
      }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  }));
  const [chosen, setChosen] = createSignal<number | null>(null);
  const metrics = () =>
    props.report.run.metrics.filter((name) => (props.report.metrics[name]?.n ?? 0) > 0);
  const dots = createMemo(() => {
    if (!query.isSuccess) return [];
    const { x, y, points } = query.data;
    return binPoints(points, {
      x: (value) => words.position(x, value),
      y: (value) => words.position(y, value),
    });
  });
  const dot = () => dots()[chosen() ?? -1];
  const title = (side: "x" | "y") => words.title(props.axes[side]);
  const sentence = (at: number) => {
    const { samples } = dots()[at] ?? { samples: [] };
    const [first] = samples;
    if (!first) return "";
    return t().scatter.at(
      formatCount(samples.length),
      `${title("x")} ${formatScore(first.x)}`,
      `${title("y")} ${formatScore(first.y)}`,
    );
  };
  const pick = (side: "x" | "y") => (
    <label class="grid grid-cols-1 gap-1 text-xs text-faint">
      {t().scatter[side]}
      <Select
        class="field w-auto max-w-full py-1.5 text-sm"
        chosen={props.axes[side]}
        options={metrics().map((metric) => [metric, words.title(metric)])}
        onChoose={(metric) => {
          setChosen(null);
          props.onAxes({ [side]: metric });
        }}
      />
    </label>
  );
  return (
    <div class="card grid break-inside-avoid gap-5 p-4 sm:p-5 md:grid-cols-[minmax(0,1fr)_16rem]">
      <QueryView query={query} skeleton={<div class="skeleton aspect-[4/3]" />} errorClass="">
        {(data) => (
          <Show when={dots().length > 0} fallback={<p class="text-soft">{t().scatter.none}</p>}>
            <ScatterPlot
              dots={dots()}
              chosen={chosen()}
              onChoose={setChosen}
              onOpen={(at) => {
                const id = dots()[at]?.samples[0]?.sample_id;
                if (id) navigate(props.hrefOf(id));
              }}
              label={t().scatter.label(title("x"), title("y"), formatCount(data().points.length))}
              titles={{ x: title("x"), y: title("y") }}
              ranges={{
                x: words.info(props.axes.x)?.range ?? [0, 1],
                y: words.info(props.axes.y)?.range ?? [0, 1],
              }}
              sentence={sentence}
            />
          </Show>
        )}
      </QueryView>
      <div class="grid content-start gap-4">
        <div class="grid grid-cols-2 gap-3 md:grid-cols-1 print:hidden">
          {pick("x")}
          {pick("y")}
        </div>
        <div class="text-sm md:min-h-28" aria-live="polite">
          <Show when={dot()} fallback={<p class="text-faint print:hidden">{t().scatter.keys}</p>}>
            {(found) => (
              <>
                <p class="font-medium">{sentence(chosen() ?? 0)}</p>
                <ul class="mt-1.5 grid gap-1">
                  <For each={found().samples.slice(0, MOST_NAMED)}>
                    {(point) => (
                      <li class="truncate">
                        <a class="link" href={props.hrefOf(point.sample_id)}>
                          {point.sample_id}
                        </a>
                      </li>
                    )}
                  </For>
                </ul>
                <Show when={found().samples.length > MOST_NAMED}>
                  <p class="mt-1 text-faint">
                    {t().scatter.more(formatCount(found().samples.length - MOST_NAMED))}
                  </p>
                </Show>
              </>
            )}
          </Show>
        </div>
        <Quarters counts={countQuarters(dots())} x={title("x")} y={title("y")} />
        <Show when={query.data && query.data.step > 1 && query.data}>
          {(data) => (
            <p class="text-xs text-faint">
              {t().scatter.everyNth(formatCount(data().points.length), formatCount(data().step))}
            </p>
          )}
        </Show>
      </div>
    </div>
  );
}

/** The picture in numbers. */
function Quarters(props: {
  counts: Record<"ll" | "lh" | "hl" | "hh", number>;
  x: string;
  y: string;
}) {
  const row = (name: string, low: number, high: number) => (
    <tr class="border-t border-line">
      <th scope="row" class="py-1 pr-2 text-left font-normal text-soft">
        {name}
      </th>
      <td class="py-1 pr-2 text-right">{formatCount(low)}</td>
      <td class="py-1 text-right">{formatCount(high)}</td>
    </tr>
  );
  return (
    <table class="w-full text-xs">
      <caption class="caption-bottom pt-1 text-left text-faint">{t().scatter.half}</caption>
      <thead>
        <tr class="align-bottom text-faint">
          <td />
          <th scope="col" class="pr-2 pb-1 text-right font-normal">
            {t().scatter.low(props.x)}
          </th>
          <th scope="col" class="pb-1 text-right font-normal">
            {t().scatter.high(props.x)}
          </th>
        </tr>
      </thead>
      <tbody>
        {row(t().scatter.high(props.y), props.counts.lh, props.counts.hh)}
        {row(t().scatter.low(props.y), props.counts.ll, props.counts.hl)}
      </tbody>
    </table>
  );
}
