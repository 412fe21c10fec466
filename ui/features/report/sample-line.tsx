import { For, Show } from "solid-js";
import type { SampleRow } from "../../../src/contract/report.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { CauseBadge } from "../../kit/cause-badge.tsx";
import { formatScore } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import type { Level, MetricWords } from "../../kit/metric-words.ts";

const TEXT: Record<Level, string> = {
  bad: "text-bad",
  warn: "text-warn",
  fair: "text-ink",
  good: "text-ink",
};

/** One sample of the list: its question, its cause, its scores; the whole line opens the evidence. */
export function SampleLine(props: {
  sample: SampleRow;
  metrics: readonly string[];
  href: string;
  /** Handed down: a catalogue for each number of each line would cost more than the lines. */
  words: MetricWords;
}) {
  return (
    <li>
      <a
        href={props.href}
        noScroll
        class="grid items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-raised/60 md:grid-cols-[minmax(0,1fr)_auto_1rem]"
      >
        <span class="min-w-0">
          <span class="line-clamp-2 break-words">{props.sample.question}</span>
          <span class="mt-1 flex flex-wrap items-center gap-2 text-xs text-faint">
            <span class="max-w-40 truncate">{props.sample.sample_id}</span>
            <CauseBadge cause={props.sample.cause} />
            <Show when={props.sample.feedback}>
              {(feedback) => <span>{t().find.feedbackOf[feedback()]}</span>}
            </Show>
            <Show when={(props.sample.gain ?? 0) >= 0.005}>
              <span class="text-accent" title={t().find.gainMeaning}>
                {t().find.gainOf(formatScore(props.sample.gain ?? 0))}
              </span>
            </Show>
            <Show when={props.sample.error}>
              {(error) => <span class="text-bad min-w-0 break-words">{error().message}</span>}
            </Show>
          </span>
        </span>
        <span class="grid grid-cols-3 gap-x-4 gap-y-1 text-sm md:flex">
          <For each={props.metrics.slice(0, 5)}>
            {(metric) => (
              <span class="min-w-16 md:text-right">
                <span class="block max-w-24 truncate text-xs text-faint">
                  {props.words.title(metric)}
                </span>
                <SampleValue sample={props.sample} metric={metric} words={props.words} />
              </span>
            )}
          </For>
        </span>
        <Icon name="right" class="hidden text-faint md:block" />
      </a>
    </li>
  );
}

function SampleValue(props: { sample: SampleRow; metric: string; words: MetricWords }) {
  const value = () => props.sample.scores[props.metric] ?? null;
  const why = () => wordFor(t().reasons, props.sample.outcomes[props.metric]?.reason ?? "");
  return (
    <Show
      when={value() !== null}
      fallback={
        <span class="text-faint" title={why()}>
          <span aria-hidden="true">–</span>
          <span class="sr-only">{why()}</span>
        </span>
      }
    >
      <span class={`font-medium ${TEXT[props.words.level(props.metric, value() ?? 0)]}`}>
        {formatScore(value() ?? 0)}
      </span>
    </Show>
  );
}
