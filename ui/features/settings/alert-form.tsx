import { For } from "solid-js";
import { createStore } from "solid-js/store";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Labelled } from "./labelled.tsx";
import { type AlertWish, createAlert, type ProjectChoice } from "./settings-api.ts";
import { SettingsForm } from "./settings-form.tsx";
import { useSaving } from "./use-saving.ts";

const DAYS = [1, 3, 7, 14, 30, 90];
const START = { metric: "faithfulness", threshold: 0.8, days: 7, tag: "", url: "" };

/** A new rule. Which side is bad is the metric's own. */
export function AlertForm(props: { project: ProjectChoice; canSign: boolean }) {
  const words = useMetricWords();
  const [wish, setWish] = createStore({ ...START });
  const side = () => (words.info(wish.metric)?.direction === "lower" ? "above" : "below");
  const saving = useSaving((alert: AlertWish) => createAlert(props.project, alert), {
    alters: ["alerts"],
    done: () => t().settings.saved,
    onDone: () => setWish({ ...START }),
  });
  return (
    <SettingsForm
      title={t().settings.addAlert}
      submit={t().settings.create}
      saving={saving}
      onSubmit={() =>
        saving.mutate({
          metric: wish.metric,
          side: side(),
          threshold: wish.threshold,
          window_days: wish.days,
          tag: wish.tag.trim() || null,
          webhook_url: wish.url.trim() || null,
        })
      }
    >
      <div class="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Labelled for="alert-metric" label={t().settings.metric}>
          <select
            id="alert-metric"
            class="field"
            onChange={(event) => setWish("metric", event.currentTarget.value)}
          >
            <For each={words.names()}>
              {(name) => (
                <option value={name} selected={name === wish.metric}>
                  {words.title(name)}
                </option>
              )}
            </For>
          </select>
        </Labelled>
        <Labelled for="alert-line" label={t().settings.alertLine[side()]}>
          <input
            id="alert-line"
            class="field"
            type="number"
            min="0"
            max="1"
            step="0.01"
            inputmode="decimal"
            required
            value={wish.threshold}
            onInput={(event) => setWish("threshold", event.currentTarget.valueAsNumber || 0)}
          />
        </Labelled>
        <Labelled for="alert-days" label={t().settings.alertWindow}>
          <select
            id="alert-days"
            class="field"
            onChange={(event) => setWish("days", Number(event.currentTarget.value))}
          >
            <For each={DAYS}>
              {(days) => (
                <option value={days} selected={days === wish.days}>
                  {t().settings.alertDays(formatCount(days))}
                </option>
              )}
            </For>
          </select>
        </Labelled>
        <Labelled for="alert-tag" label={t().settings.alertTag} help={t().settings.alertTagHelp}>
          <input
            id="alert-tag"
            class="field"
            autocomplete="off"
            maxlength={200}
            placeholder="env=prod"
            aria-describedby="alert-tag-help"
            value={wish.tag}
            onInput={(event) => setWish("tag", event.currentTarget.value)}
          />
        </Labelled>
        <Labelled
          for="alert-url"
          label={t().settings.alertWebhook}
          help={props.canSign ? t().settings.optional : t().settings.alertUnsigned}
          class="lg:col-span-2"
        >
          <input
            id="alert-url"
            class="field font-mono text-sm"
            type="url"
            maxlength={2000}
            placeholder="https://hooks.example.com/touchstone"
            aria-describedby="alert-url-help"
            disabled={!props.canSign}
            value={wish.url}
            onInput={(event) => setWish("url", event.currentTarget.value)}
          />
        </Labelled>
      </div>
    </SettingsForm>
  );
}
