import { For, Show } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { formatScore } from "../../format.ts";
import { t } from "../../i18n/translate.ts";
import { useMetricWords } from "../../metric-words.ts";
import { htmlLanguage } from "../../preferences.ts";
import { Icon, type IconName } from "../icon.tsx";

type Advice = Report["advice"][number];

const LOOKS: Record<Advice["severity"], { icon: IconName; class: string }> = {
  severe: { icon: "cross", class: "bg-bad-wash text-bad" },
  warning: { icon: "warning", class: "bg-warn-wash text-warn" },
  improve: { icon: "right", class: "bg-info-wash text-info" },
};

/** What to change, most worthwhile first, in the language the report was written in. */
export function AdviceCards(props: { report: Report; onSample: (id: string) => void }) {
  return (
    <Show
      when={props.report.advice.length > 0}
      fallback={<p class="card mt-3 p-5 text-soft">{t().report.adviceNone}</p>}
    >
      <ol class="mt-3 grid grid-cols-1 gap-4">
        <For each={props.report.advice}>
          {(advice) => (
            <li class="card p-5" lang={htmlLanguage(props.report.language)}>
              <AdviceBody advice={advice} />
              <Show when={props.report.run.total_samples > 1 && advice.sample_ids.length > 0}>
                <p class="mt-3 flex flex-wrap items-center gap-2 text-sm text-faint">
                  {t().report.examples}
                  <For each={advice.sample_ids}>
                    {(id) => (
                      <button
                        type="button"
                        class="link max-w-40 truncate"
                        onClick={() => props.onSample(id)}
                      >
                        {id}
                      </button>
                    )}
                  </For>
                </p>
              </Show>
            </li>
          )}
        </For>
      </ol>
    </Show>
  );
}

function AdviceBody(props: { advice: Advice }) {
  const words = useMetricWords();
  const gain = () => props.advice.gain;
  return (
    <>
      <div class="flex flex-wrap items-center gap-3">
        <span
          class={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium ${LOOKS[props.advice.severity].class}`}
        >
          <Icon name={LOOKS[props.advice.severity].icon} class="size-3.5" />
          {t().report.severity[props.advice.severity]}
        </span>
        <h3 class="font-semibold break-words">{props.advice.title}</h3>
      </div>
      <p class="mt-2 max-w-[75ch] break-words text-soft">{props.advice.finding}</p>
      <ul class="mt-3 grid max-w-[75ch] list-disc gap-1 pl-5 marker:text-accent-fill">
        <For each={props.advice.actions}>{(action) => <li class="break-words">{action}</li>}</For>
      </ul>
      <Show when={props.advice.engineer}>
        {(paragraph) => (
          <figure class="mt-3 max-w-[75ch] border-line border-l-2 pl-4">
            <figcaption class="text-xs text-faint">{t().report.modelWords}</figcaption>
            <blockquote class="mt-1 break-words text-soft">{paragraph()}</blockquote>
          </figure>
        )}
      </Show>
      <Show when={gain().bound > 0}>
        <p class="mt-3 text-sm text-accent">
          {t().report.gain(words.title(props.advice.metric), formatScore(gain().bound))}
          <Show when={gain().interval}>
            {(interval) => (
              <span class="text-faint">
                {" "}
                {t().report.gainInterval(formatScore(interval()[0]), formatScore(interval()[1]))}
              </span>
            )}
          </Show>
        </p>
      </Show>
    </>
  );
}
