import { createStore } from "solid-js/store";
import { t } from "../../i18n/translate.ts";
import { Labelled, SCORE_FIELD, TextLine } from "../../kit/fields.tsx";
import { formatCount } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Select } from "../../kit/select.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { SettingsForm } from "../settings/parts.tsx";
import { type AlertWish, createAlert, type ProjectChoice } from "../settings/settings-api.ts";

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
          <Select
            id="alert-metric"
            chosen={wish.metric}
            options={words.names().map((name) => [name, words.title(name)])}
            onChoose={(metric) => setWish({ metric })}
          />
        </Labelled>
        <TextLine
          id="alert-line"
          label={t().settings.alertLine[side()]}
          {...SCORE_FIELD}
          value={wish.threshold}
          onText={(threshold) => setWish({ threshold: Number(threshold) || 0 })}
        />
        <Labelled for="alert-days" label={t().settings.alertWindow}>
          <Select
            id="alert-days"
            chosen={String(wish.days)}
            options={DAYS.map((n) => [String(n), t().settings.alertDays(formatCount(n))])}
            onChoose={(days) => setWish({ days: Number(days) })}
          />
        </Labelled>
        <TextLine
          id="alert-tag"
          label={t().settings.alertTag}
          help={t().settings.alertTagHelp}
          autocomplete="off"
          maxlength={200}
          placeholder="env=prod"
          value={wish.tag}
          onText={(tag) => setWish({ tag })}
        />
        <TextLine
          id="alert-url"
          label={t().settings.alertWebhook}
          help={props.canSign ? t().settings.optional : t().settings.alertUnsigned}
          around="lg:col-span-2"
          class="field font-mono text-sm"
          type="url"
          maxlength={2000}
          placeholder="https://hooks.example.com/touchstone"
          value={wish.url}
          onText={(url) => setWish({ url })}
        />
      </div>
    </SettingsForm>
  );
}
