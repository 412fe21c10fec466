import { useQuery } from "@tanstack/solid-query";
import { createMemo, For, Show } from "solid-js";
import type { MetricInfo } from "../../../src/contract/service.ts";
import { criterionMetric } from "../../../src/criterion-metric.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { language } from "../../kit/preferences.ts";
import { metricsQuery } from "../../kit/queries.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { sessionQuery } from "../settings/settings-queries.ts";

/** What a submission may bring, of that which metrics may need. */
export type Input = MetricInfo["needs"][number];

/** Those everybody has in sight; the rest of the catalogue by family, folded. */
export function MetricPicker(props: {
  /** What the submission brings; null: nothing yet, so nothing is said to lack. */
  inputs: ReadonlySet<Input> | null;
  chosen: readonly string[];
  problem?: string;
  onChosen: (metrics: string[]) => void;
  onDefaults: () => void;
}) {
  const query = useQuery(metricsQuery);
  const catalogue = () => (query.isSuccess ? query.data : []);
  const families = createMemo(() => groupByFamily(catalogue().filter(({ core }) => !core)));
  function toggle(name: string): void {
    const isChosen = props.chosen.includes(name);
    props.onChosen(
      isChosen ? props.chosen.filter((other) => other !== name) : [...props.chosen, name],
    );
  }
  const choices = (metrics: readonly MetricInfo[]) => (
    <div class="grid gap-x-6 gap-y-1 sm:grid-cols-2 xl:grid-cols-1">
      <For each={metrics}>
        {(metric) => (
          <MetricChoice
            metric={metric}
            inputs={props.inputs}
            isChosen={props.chosen.includes(metric.name)}
            onToggle={() => toggle(metric.name)}
          />
        )}
      </For>
    </div>
  );
  return (
    <fieldset aria-describedby={props.problem ? "metrics-problem" : undefined}>
      <legend class="font-medium">{t().submission.metrics}</legend>
      <p class="text-sm text-faint">{t().submission.metricsHelp}</p>
      <p class="mt-1 flex items-center gap-3 text-sm text-faint">
        {t().submission.metricsChosen(formatCount(props.chosen.length))}
        <button type="button" class="link" onClick={() => props.onDefaults()}>
          {t().submission.metricsDefault}
        </button>
      </p>
      <Show when={props.problem}>
        <p id="metrics-problem" class="mt-1 text-sm text-bad">
          {props.problem}
        </p>
      </Show>
      <QueryView query={query} skeleton={<div class="skeleton mt-3 h-48" />} errorClass="mt-3">
        {() => (
          <>
            <div class="mt-3">{choices(catalogue().filter(({ core }) => core))}</div>
            <CriteriaChoices chosen={props.chosen} onToggle={toggle} />
            <details class="mt-4">
              <summary class="link w-fit">{t().submission.moreMetrics}</summary>
              <For each={families()}>
                {([family, metrics]) => (
                  <div class="mt-4">
                    <h3 class="mb-1 text-sm font-semibold text-soft">
                      {t().submission.families[family]}
                    </h3>
                    {choices(metrics)}
                  </div>
                )}
              </For>
            </details>
          </>
        )}
      </QueryView>
    </fieldset>
  );
}

/** Questions of the project's own, where it has any. */
function CriteriaChoices(props: { chosen: readonly string[]; onToggle: (name: string) => void }) {
  const session = useQuery(sessionQuery);
  const criteria = () => (session.isSuccess ? session.data.criteria : []);
  return (
    <Show when={criteria().length > 0}>
      <h3 class="mt-4 text-sm font-semibold text-soft">{t().submission.criteria}</h3>
      <p class="mb-1 text-xs text-faint">{t().submission.criteriaHelp}</p>
      <For each={criteria()}>
        {({ name, text }) => (
          <label class="flex cursor-pointer items-start gap-3 rounded-field px-2 py-1.5 hover:bg-raised">
            <input
              type="checkbox"
              class="mt-1 size-4 shrink-0 accent-(--accent-fill)"
              checked={props.chosen.includes(criterionMetric(name))}
              onChange={() => props.onToggle(criterionMetric(name))}
            />
            <span class="min-w-0">
              <span class="text-sm font-medium break-words">{name}</span>
              <span class="line-clamp-3 text-xs break-words text-faint">{text}</span>
            </span>
          </label>
        )}
      </For>
    </Show>
  );
}

function groupByFamily(
  metrics: readonly MetricInfo[],
): (readonly [MetricInfo["family"], MetricInfo[]])[] {
  const families = new Map<MetricInfo["family"], MetricInfo[]>();
  for (const metric of metrics) {
    families.set(metric.family, [...(families.get(metric.family) ?? []), metric]);
  }
  return [...families];
}

function MetricChoice(props: {
  metric: MetricInfo;
  inputs: ReadonlySet<Input> | null;
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
                {t().submission[missing()]}
              </span>
            )}
          </Show>
        </span>
      </span>
    </label>
  );
}

type Lack = "needsGroundTruth" | "needsContexts" | "needsOther";

/** What a metric needs and is not there; null when it can be scored. */
function findLack(metric: MetricInfo, inputs: ReadonlySet<Input>): Lack | null {
  const missing = metric.needs.filter((need) => !inputs.has(need));
  if (missing.includes("reference_contexts") || missing.includes("ids")) return "needsOther";
  if (missing.includes("contexts")) return "needsContexts";
  return missing.includes("ground_truth") ? "needsGroundTruth" : null;
}
