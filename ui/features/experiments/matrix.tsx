import { useQuery } from "@tanstack/solid-query";
import { createMemo, createSignal, For, Show } from "solid-js";
import type { RunMatrix, Slice } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { Labelled } from "../../kit/fields.tsx";
import { formatCount, formatDifference, formatScore } from "../../kit/format.ts";
import { LoadMore } from "../../kit/load-more.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { Select } from "../../kit/select.tsx";
import { Section } from "../settings/parts.tsx";
import { matrixQuery } from "./experiments-api.ts";
import { SideBySide } from "./side-by-side.tsx";

type Matrix = RunMatrix["rows"][number];
type Filter = "all" | "different" | "worse" | "failing";
const FILTERS: readonly Filter[] = ["all", "different", "worse", "failing"];
const ROWS_AT_ONCE = 50;
/** Smaller changes are noise of a single question. */
const DIFFERENT_BY = 0.01;

/** Rows are questions, columns are runs; the first is the base. */
export function MatrixSection(props: {
  runIds: readonly string[];
  labels: readonly string[];
  isLowerBetter: IsLowerBetter;
}) {
  const words = () => t().experiments;
  const metricWords = useMetricWords();
  const [metric, setMetric] = createSignal<string | null>(null);
  const [chosen, setChosen] = createSignal<Filter | null>(null);
  const [shown, setShown] = createSignal(ROWS_AT_ONCE);
  const matrix = useQuery(() => matrixQuery(props.runIds, metric()));
  return (
    <Section title={words().matrix} text={words().matrixText}>
      <QueryView query={matrix} skeleton={<div class="skeleton mt-4 h-64" />}>
        {(known) => {
          // What got worse is what one came for.
          const filter = () =>
            chosen() ?? (countShown(known(), "worse", props.isLowerBetter) > 0 ? "worse" : "all");
          const rows = createMemo(() =>
            known().rows.filter((row) =>
              isShown(row, filter(), props.isLowerBetter(known().metric)),
            ),
          );
          return (
            <>
              <div class="mt-4 flex flex-wrap gap-4">
                <Labelled for="matrix-metric" label={words().metric}>
                  <Select
                    id="matrix-metric"
                    chosen={known().metric}
                    options={known().metrics.map((name) => [name, metricWords.title(name)])}
                    onChoose={setMetric}
                  />
                </Labelled>
                <Labelled for="matrix-filter" label={words().show}>
                  <Select
                    id="matrix-filter"
                    chosen={filter()}
                    options={FILTERS.map((name) => [
                      name,
                      `${words().filters[name]} · ${formatCount(countShown(known(), name, props.isLowerBetter))}`,
                    ])}
                    onChoose={setChosen}
                  />
                </Labelled>
              </div>
              <Slices slices={known().slices} labels={props.labels} />
              <div class="mt-4 overflow-x-auto">
                <table class="matrix w-full border-collapse text-sm sm:min-w-160">
                  <thead>
                    <tr class="border-b border-line text-left text-soft">
                      <th scope="col" class="py-2 pr-3 font-medium max-sm:hidden">
                        {t().experiments.question}
                      </th>
                      <For each={known().runs}>
                        {(run, at) => (
                          <th
                            scope="col"
                            class="px-3 py-2 align-bottom font-medium break-words sm:w-1/4"
                          >
                            {props.labels[at()] ?? run.name}
                            <span class="block text-xs font-normal tabular-nums">
                              {run.mean === null ? "–" : formatScore(run.mean)}
                            </span>
                          </th>
                        )}
                      </For>
                    </tr>
                  </thead>
                  <tbody>
                    <For each={rows().slice(0, shown())}>
                      {(row) => <MatrixRow row={row} runs={known().runs} labels={props.labels} />}
                    </For>
                  </tbody>
                </table>
              </div>
              <Show when={rows().length === 0}>
                <p class="mt-3 text-soft">{words().noRows}</p>
              </Show>
              <LoadMore
                hasMore={rows().length > shown()}
                onMore={() => setShown(shown() + ROWS_AT_ONCE)}
              />
              <Show when={known().more > 0}>
                <p class="mt-2 text-sm text-soft">{words().more(formatCount(known().more))}</p>
              </Show>
            </>
          );
        }}
      </QueryView>
    </Section>
  );
}

type IsLowerBetter = (metric: string) => boolean;

/** How many questions a filter shows. */
export function countShown(
  { rows, metric }: RunMatrix,
  filter: Filter,
  isLowerBetter: IsLowerBetter,
): number {
  return rows.filter((row) => isShown(row, filter, isLowerBetter(metric))).length;
}

function isShown({ cells }: Matrix, filter: Filter, isLowerBetter: boolean): boolean {
  const [base, ...others] = cells;
  if (filter === "failing") return cells.some((cell) => cell?.passed === false);
  const changes = others.map((cell) =>
    cell?.value == null || base?.value == null
      ? 0
      : (cell.value - base.value) * (isLowerBetter ? -1 : 1),
  );
  if (filter === "worse") return changes.some((change) => change < -DIFFERENT_BY);
  if (filter === "different") {
    return (
      others.some((cell) => cell?.answer !== base?.answer) ||
      changes.some((change) => Math.abs(change) > DIFFERENT_BY)
    );
  }
  return true;
}

function MatrixRow(props: { row: Matrix; runs: RunMatrix["runs"]; labels: readonly string[] }) {
  const words = () => t().experiments;
  const [openAt, setOpenAt] = createSignal<number | null>(null);
  const base = () => props.row.cells[0] ?? null;
  const side = (at: number) => {
    const [run, cell] = [props.runs[at], props.row.cells[at]];
    return run && cell
      ? { label: props.labels[at] ?? run.run_id, runId: run.run_id, sampleId: cell.sample_id }
      : null;
  };
  const sides = () => {
    const at = openAt();
    const [left, right] = at === null ? [null, null] : [side(0), side(at)];
    return left && right ? { base: left, other: right } : null;
  };
  return (
    <>
      <tr class="border-b border-line align-top">
        <th scope="row" class="px-1 py-2 text-left font-normal sm:pr-3 sm:pl-0">
          <span class="line-clamp-3 break-words">{props.row.question}</span>
          <span class="text-xs text-soft">{props.row.tags.join(" · ")}</span>
        </th>
        <For each={props.row.cells}>
          {(cell, at) => (
            <td class="px-1 py-2 sm:px-3">
              <Show when={cell} fallback={<span class="text-soft">–</span>}>
                {(known) => (
                  <button
                    type="button"
                    class="w-full rounded-field p-1 text-left hover:bg-raised disabled:pointer-events-none"
                    disabled={at() === 0 || base() === null}
                    aria-expanded={at() === 0 ? undefined : openAt() === at()}
                    onClick={() => setOpenAt(openAt() === at() ? null : at())}
                  >
                    <span class="flex flex-wrap items-baseline gap-x-2 tabular-nums">
                      <b
                        class="font-semibold"
                        classList={{
                          "text-bad": known().passed === false,
                          "text-good": known().passed === true,
                        }}
                      >
                        {known().value === null ? "–" : formatScore(known().value ?? 0)}
                      </b>
                      <span class="text-xs">
                        {known().passed === null
                          ? ""
                          : known().passed
                            ? words().passed
                            : words().failed}
                      </span>
                      <Show when={at() > 0 && known().value !== null && base()?.value != null}>
                        <span class="text-xs text-soft">
                          {formatDifference((known().value ?? 0) - (base()?.value ?? 0))}
                        </span>
                      </Show>
                    </span>
                    <span class="line-clamp-2 break-words text-soft">{known().answer}</span>
                  </button>
                )}
              </Show>
            </td>
          )}
        </For>
      </tr>
      <Show when={sides()}>
        {(both) => (
          <tr class="border-b border-line">
            <td colspan={props.row.cells.length + 1} class="bg-raised p-4">
              <div class="sticky left-4 max-w-[calc(100vw-7.5rem)]">
                <SideBySide base={both().base} other={both().other} />
              </div>
              <button type="button" class="button mt-3" onClick={() => setOpenAt(null)}>
                {words().close}
              </button>
            </td>
          </tr>
        )}
      </Show>
    </>
  );
}

/** Which topic moved, of each run against the base. */
function Slices(props: {
  slices: readonly { run_id: string; slices: readonly Slice[] }[];
  labels: readonly string[];
}) {
  const words = () => t().experiments;
  return (
    <For each={props.slices.filter(({ slices }) => slices.length > 0)}>
      {({ slices }, at) => (
        <details class="mt-4" open={slices.some(({ moved }) => moved === "worse")}>
          <summary class="cursor-pointer font-medium">
            {words().slices} · {props.labels[at() + 1]}
          </summary>
          <p class="text-sm text-soft">{words().slicesText}</p>
          <div class="overflow-x-auto">
            <table class="mt-2 text-sm tabular-nums">
              <thead>
                <tr class="text-left text-soft">
                  <For each={[words().tag, words().n, words().base, words().difference, ""]}>
                    {(head) => <th class="py-1 pr-5 font-medium">{head}</th>}
                  </For>
                </tr>
              </thead>
              <tbody>
                <For each={slices}>
                  {(slice) => (
                    <tr class="border-t border-line">
                      <th scope="row" class="py-1 pr-5 text-left font-normal break-words">
                        {slice.tag}
                      </th>
                      <td class="pr-5">{slice.n}</td>
                      <td class="pr-5">{formatScore(slice.base_mean)}</td>
                      <td class="pr-5 whitespace-nowrap">
                        {formatDifference(slice.difference)} [{formatDifference(slice.interval[0])},{" "}
                        {formatDifference(slice.interval[1])}]
                      </td>
                      <td
                        classList={{
                          "text-bad font-medium": slice.moved === "worse",
                          "text-good": slice.moved === "better",
                          "text-soft": slice.moved === "same",
                        }}
                      >
                        {words().verdict[slice.moved]}
                      </td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </details>
      )}
    </For>
  );
}
