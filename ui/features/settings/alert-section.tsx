import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import type { Alert } from "../../../src/contract-insight.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatScore } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { AlertForm } from "./alert-form.tsx";
import { RefusalLine } from "./refusal-line.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { Section } from "./section.tsx";
import { createAlert, deleteAlert, type ProjectChoice } from "./settings-api.ts";
import { alertsQuery } from "./settings-queries.ts";
import { useSaving } from "./use-saving.ts";

/** Rules that tell somebody when a mean has got worse. */
export function AlertSection(props: { project: ProjectChoice; canSign: boolean }) {
  const query = useQuery(() => alertsQuery(props.project));
  const removal = useSaving((alert: Alert) => deleteAlert(props.project, alert.alert_id), {
    alters: ["alerts"],
    done: (alert) => t().settings.removed(nameOf(alert)),
    onUndo: (alert) => restoring.mutate(alert),
  });
  // A new alert that asks the same; it looks anew whether it has to ring.
  const restoring = useSaving(
    ({ metric, tag, side, threshold, window_days, webhook_url }: Alert) =>
      createAlert(props.project, { metric, tag, side, threshold, window_days, webhook_url }),
    { alters: ["alerts"], done: () => t().settings.saved },
  );
  const words = useMetricWords();
  const nameOf = ({ metric, side, threshold }: Alert) =>
    [words.title(metric), t().settings.alertSides[side], formatScore(threshold)].join(" ");
  return (
    <Section id="alerts" title={t().settings.alerts} text={t().settings.alertsText}>
      <QueryView
        query={query}
        skeleton={<div class="skeleton mt-5 h-16" />}
        isEmpty={(alerts) => alerts.length === 0}
        empty={<p class="mt-4 text-soft">{t().settings.noAlerts}</p>}
      >
        {(alerts) => (
          <ul class="mt-4 divide-y divide-line border-y border-line">
            <For each={alerts()}>
              {(alert) => (
                <AlertRow
                  alert={alert}
                  name={nameOf(alert)}
                  isBusy={removal.isPending}
                  onRemove={() => removal.mutate(alert)}
                />
              )}
            </For>
          </ul>
        )}
      </QueryView>
      <For each={[removal, restoring]}>
        {(saving) => <Show when={saving.error}>{(error) => <RefusalLine error={error()} />}</Show>}
      </For>
      <AlertForm project={props.project} canSign={props.canSign} />
    </Section>
  );
}

function AlertRow(props: { alert: Alert; name: string; isBusy: boolean; onRemove: () => void }) {
  const alert = () => props.alert;
  return (
    <li class="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-3">
      <div class="min-w-0 flex-1 basis-72">
        <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span class="font-medium break-words">{props.name}</span>
          <span
            class="inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs"
            classList={{
              "bg-good-wash text-good": alert().state === "ok",
              "bg-bad-wash text-bad": alert().state === "firing",
            }}
          >
            <Icon name={alert().state === "ok" ? "check" : "warning"} class="size-3.5" />
            {t().settings.alertStates[alert().state]}
          </span>
        </p>
        <p class="mt-0.5 flex flex-wrap gap-x-3 text-sm break-all text-faint">
          <span>{t().settings.alertDays(formatCount(alert().window_days))}</span>
          <Show when={alert().tag}>
            <span>{alert().tag}</span>
          </Show>
          <span>{saySeen(alert())}</span>
          <Show when={alert().webhook_url}>
            <span class="font-mono text-xs">{alert().webhook_url}</span>
          </Show>
        </p>
      </div>
      <RemoveButton
        name={props.name}
        text={t().settings.alertRemoveText}
        isBusy={props.isBusy}
        onRemove={props.onRemove}
      />
    </li>
  );
}

function saySeen({ seen }: Alert): string {
  if (seen === null) return t().settings.alertUnseen;
  const interval = seen.interval?.map(formatScore).join(" – ") ?? t().score.noIntervalOne;
  return t().settings.alertSeen(formatScore(seen.mean), interval, formatCount(seen.n));
}
