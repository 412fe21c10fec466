import { useQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import type { Alert } from "../../../src/contract/alert.ts";
import { t } from "../../i18n/translate.ts";
import { Badge } from "../../kit/badge.tsx";
import { ConfirmButton } from "../../kit/confirm-button.tsx";
import { formatCount, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { RefusalLine, Row, Rows, Section } from "../settings/parts.tsx";
import { createAlert, deleteAlert, type ProjectChoice } from "../settings/settings-api.ts";
import { alertsQuery } from "../settings/settings-queries.ts";
import { AlertForm } from "./alert-form.tsx";

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
      <QueryView query={query} skeleton={<div class="skeleton mt-5 h-16" />}>
        {(alerts) => (
          <Rows each={alerts()} none={t().settings.noAlerts}>
            {(alert) => (
              <AlertRow
                alert={alert}
                name={nameOf(alert)}
                isBusy={removal.isPending}
                onRemove={() => removal.mutate(alert)}
              />
            )}
          </Rows>
        )}
      </QueryView>
      <RefusalLine error={removal.error ?? restoring.error} />
      <AlertForm project={props.project} canSign={props.canSign} />
    </Section>
  );
}

function AlertRow(props: { alert: Alert; name: string; isBusy: boolean; onRemove: () => void }) {
  const alert = () => props.alert;
  return (
    <Row
      actions={
        <ConfirmButton
          label={t().settings.remove}
          name={props.name}
          title={t().settings.removeTitle(props.name)}
          text={t().settings.alertRemoveText}
          isBusy={props.isBusy}
          onConfirm={props.onRemove}
        />
      }
    >
      <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span class="font-medium break-words">{props.name}</span>
        <Badge look={alert().state === "ok" ? ["check", "good"] : ["warning", "bad"]}>
          {t().settings.alertStates[alert().state]}
        </Badge>
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
    </Row>
  );
}

function saySeen({ seen }: Alert): string {
  if (seen === null) return t().settings.alertUnseen;
  const interval = seen.interval?.map(formatScore).join(" – ") ?? t().score.noIntervalOne;
  return t().settings.alertSeen(formatScore(seen.mean), interval, formatCount(seen.n));
}
