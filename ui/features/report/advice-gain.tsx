import { Show } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";

/** How far a metric could rise at most: the bar is the whole scale, the whisker the interval. Words say the same. */
export function AdviceGain(props: { advice: Report["advice"][number] }) {
  const words = useMetricWords();
  const gain = () => props.advice.gain;
  const percent = (share: number) => `${100 * Math.min(1, Math.max(0, share))}%`;
  return (
    <Show when={gain().bound > 0}>
      <div>
        <p class="text-sm text-accent">
          {t().report.gain(words.title(props.advice.metric), formatScore(gain().bound))}
        </p>
        <svg class="mt-1.5 h-3 w-full" aria-hidden="true">
          <rect y="3" width="100%" height="6" rx="3" class="fill-raised" />
          <rect y="3" width={percent(gain().bound)} height="6" rx="3" class="fill-accent-fill" />
          <Show when={gain().interval}>
            {(interval) => (
              <g class="stroke-ink" stroke-width="1.5">
                <line x1={percent(interval()[0])} x2={percent(interval()[1])} y1="6" y2="6" />
                <line x1={percent(interval()[0])} x2={percent(interval()[0])} y1="2" y2="10" />
                <line x1={percent(interval()[1])} x2={percent(interval()[1])} y1="2" y2="10" />
              </g>
            )}
          </Show>
        </svg>
        <Show when={gain().interval}>
          {(interval) => (
            <p class="text-xs text-faint">
              {t().report.gainInterval(formatScore(interval()[0]), formatScore(interval()[1]))}
            </p>
          )}
        </Show>
      </div>
    </Show>
  );
}
