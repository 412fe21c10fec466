import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { InfoPopover } from "../../kit/info-popover.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { language } from "../../kit/preferences.ts";

/** What a metric measures, in which direction, by which formula, and where it comes from. */
export function MetricMeaning(props: { metric: string }) {
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
