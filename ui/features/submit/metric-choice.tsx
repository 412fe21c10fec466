import { Show } from "solid-js";
import type { MetricInfo } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { language } from "../../kit/preferences.ts";
import { findLack, type Inputs } from "./check-draft.ts";

export function MetricChoice(props: {
  metric: MetricInfo;
  inputs: Inputs | null;
  isChosen: boolean;
  onToggle: () => void;
}) {
  const lack = () => (props.inputs ? findLack(props.metric, props.inputs) : null);
  const id = () => `metric-${props.metric.name}`;
  return (
    <label class="flex cursor-pointer items-start gap-3 rounded-field px-2 py-1.5 hover:bg-raised">
      <input
        type="checkbox"
        class="mt-1 size-4 shrink-0 accent-(--accent-fill)"
        checked={props.isChosen}
        aria-describedby={`${id()}-about`}
        onChange={() => props.onToggle()}
      />
      <span class="min-w-0">
        <span class="text-sm font-medium">{props.metric.title[language()]}</span>
        <span id={`${id()}-about`} class="block text-xs text-faint">
          {props.metric.description[language()]}
          <Show when={lack()}>
            {(missing) => (
              <span class="block" classList={{ "text-warn": props.isChosen }}>
                {t().submit[missing()]}
              </span>
            )}
          </Show>
        </span>
      </span>
    </label>
  );
}
