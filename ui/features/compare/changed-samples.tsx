import { For, Show } from "solid-js";
import type { ComparedMetric } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatScore } from "../../kit/format.ts";

/** How many samples moved which way, and which moved most. */
export function ChangedSamples(props: {
  metric: ComparedMetric;
  /** Ids of the baseline and of the run compared with it. */
  runs: readonly [string, string];
}) {
  return (
    <div class="mt-3 grid gap-1 border-t border-line pt-3 text-sm">
      <Group
        title={t().compare.improved(formatCount(props.metric.improved))}
        samples={props.metric.improved_samples}
        runId={props.runs[1]}
      />
      <Group
        title={t().compare.regressed(formatCount(props.metric.regressed))}
        samples={props.metric.regressed_samples}
        runId={props.runs[1]}
      />
      <p class="text-soft">{t().compare.unchanged(formatCount(props.metric.unchanged))}</p>
    </div>
  );
}

function Group(props: {
  title: string;
  samples: ComparedMetric["improved_samples"];
  runId: string;
}) {
  const hrefOf = (sample: string) => `/runs/${props.runId}?${new URLSearchParams({ sample })}`;
  return (
    <Show when={props.samples.length > 0} fallback={<p class="text-soft">{props.title}</p>}>
      <details>
        <summary>{props.title}</summary>
        <ul class="mt-1 mb-2 grid grid-cols-1 gap-1">
          <For each={props.samples}>
            {(sample) => (
              <li class="flex gap-3">
                <span class="shrink-0 text-soft">
                  {t().compare.fromTo(formatScore(sample.base), formatScore(sample.other))}
                </span>
                <a class="link min-w-0 break-words" href={hrefOf(sample.other_sample_id)}>
                  {sample.question}
                </a>
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  );
}
