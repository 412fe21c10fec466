import { Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { createTyping } from "../../kit/create-typing.ts";
import { formatScore } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Select } from "../../kit/select.tsx";
import type { SampleView } from "./first-view.ts";
import { isFiltered } from "./sample-view.ts";

const LINES = ["0.25", "0.5", "0.7", "0.85"];

/** Which samples, in which order; all of it in the address. */
export function SampleToolbar(props: {
  report: Report;
  view: SampleView;
  onView: (view: Partial<SampleView>) => void;
  /** The first sample to look at. */
  reviewHref: string | null;
}) {
  const words = useMetricWords();
  const metrics = () => props.report.run.metrics;
  const choice = (
    label: string,
    value: string,
    options: readonly (readonly [string, string])[],
    onChoose: (value: string) => void,
  ) => (
    <Select
      class="field min-h-9 w-auto max-w-44 py-1 text-sm"
      aria-label={label}
      chosen={value}
      options={options}
      onChoose={onChoose}
    />
  );
  return (
    <div class="grid gap-2 print:hidden">
      <div class="flex flex-wrap items-center gap-2">
        <label class="inline-flex min-h-9 items-center gap-2 text-sm whitespace-nowrap">
          <input
            type="checkbox"
            class="size-4 accent-accent-fill"
            checked={props.view.all !== "1"}
            onChange={(event) => props.onView({ all: event.currentTarget.checked ? "0" : "1" })}
          />
          {t().find.problems}
        </label>
        <SearchField q={props.view.q} onSearch={(q) => props.onView({ q })} />
        {choice(
          t().find.order,
          props.view.sort,
          [
            ["gain", t().find.gain],
            ["weighted_score", t().find.overall],
            ...metrics().map(
              (metric) => [metric, t().report.lowestOf(words.title(metric))] as const,
            ),
            ["feedback", t().find.feedback],
            ["submitted", t().report.sortSubmitted],
          ],
          (sort) => props.onView({ sort }),
        )}
        {choice(
          t().find.metric,
          props.view.metric,
          [
            ["", t().find.anyMetric],
            ...metrics().map((metric) => [metric, words.title(metric)] as const),
          ],
          (metric) =>
            props.onView(
              metric === ""
                ? { metric: "", above: "", below: "" }
                : { metric, above: "", below: props.view.below || "0.5" },
            ),
        )}
        <Show when={props.view.metric !== ""}>
          {choice(
            t().find.atMost,
            props.view.below,
            [...new Set([...LINES, props.view.below])]
              .filter((line) => line !== "")
              .sort((a, b) => Number(a) - Number(b))
              .map((line) => [line, `≤ ${formatScore(Number(line))}`] as const),
            (below) => props.onView({ above: "", below }),
          )}
        </Show>
        <Show when={props.reviewHref}>
          {(href) => (
            <a class="button button-slim ml-auto" href={href()} noScroll>
              {t().trust.start}
            </a>
          )}
        </Show>
      </div>
      <Show when={isFiltered(props.view)}>
        <ul class="flex flex-wrap items-center gap-2">
          <Show when={props.view.cause}>
            {(cause) => (
              <Chip
                text={wordFor(t().causes, cause())}
                onRemove={() => props.onView({ cause: "" })}
              />
            )}
          </Show>
          <Show when={props.view.metric}>
            {(metric) => (
              <Chip
                text={boundsInWords(words.title(metric()), props.view)}
                onRemove={() => props.onView({ metric: "", above: "", below: "" })}
              />
            )}
          </Show>
          <Show when={props.view.q}>
            {(q) => <Chip text={q()} onRemove={() => props.onView({ q: "" })} />}
          </Show>
        </ul>
      </Show>
    </div>
  );
}

function boundsInWords(title: string, view: SampleView): string {
  if (view.above === "") return t().find.below(title, formatScore(Number(view.below)));
  return t().find.bounds(title, formatScore(Number(view.above)), formatScore(Number(view.below)));
}

function Chip(props: { text: string; onRemove: () => void }) {
  return (
    <li>
      <button
        type="button"
        class="inline-flex min-h-8 max-w-80 items-center gap-1.5 rounded-full bg-accent-wash px-3 py-1 text-xs text-accent hover:underline"
        aria-label={t().find.remove(props.text)}
        onClick={() => props.onRemove()}
      >
        <span class="truncate">{props.text}</span>
        <Icon name="cross" class="size-3" />
      </button>
    </li>
  );
}

function SearchField(props: { q: string; onSearch: (q: string) => void }) {
  const [typed, type] = createTyping(
    () => props.q,
    (q) => props.onSearch(q),
  );
  return (
    <input
      type="search"
      class="field min-h-9 w-40 flex-1 py-1 text-sm sm:max-w-56"
      aria-label={t().find.label}
      placeholder={t().find.label}
      maxlength={200}
      value={typed()}
      onInput={(event) => type(event.currentTarget.value)}
    />
  );
}
