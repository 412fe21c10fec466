import { createUniqueId, For, Show } from "solid-js";
import type { Project } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { KEY_NAME_CHARACTERS, REDACT_KINDS } from "../../kit/access-limits.ts";
import { TextLine } from "../../kit/fields.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { SettingsForm } from "./parts.tsx";
import { changeProject, type ProjectChange } from "./settings-api.ts";

const LIMITS = ["samples_per_day", "judge_tokens_per_day", "usd_per_day", "usd_per_month"] as const;

/** What a project keeps and how much it may use in a day. Only what was changed is sent. */
export function ProjectForm(props: { project: Project; maySetLimits: boolean }) {
  const id = createUniqueId();
  const saving = useSaving(
    (change: ProjectChange) => changeProject(props.project.project, change),
    { alters: ["projects", "session"], done: () => t().settings.saved },
  );
  return (
    <SettingsForm
      class="border-t border-line p-4"
      submit={t().settings.save}
      saving={saving}
      onSubmit={(form) => saving.mutate(readProjectChange(new FormData(form), props.project))}
    >
      <TextLine
        id={`${id}-name`}
        label={t().settings.projectName}
        around="max-w-sm"
        name="name"
        required
        maxlength={KEY_NAME_CHARACTERS}
        value={props.project.name}
      />
      <fieldset>
        <legend class="text-sm font-medium">
          {t().settings.privacy}
          <span class="ml-2 font-normal text-soft">{t().settings.redactLegend}</span>
        </legend>
        <div class="mt-2 flex flex-wrap gap-x-6 gap-y-2">
          <For each={REDACT_KINDS}>
            {(kind) => (
              <label class="flex items-center gap-2">
                <input
                  type="checkbox"
                  class="size-4 accent-accent-fill"
                  name="redact"
                  value={kind}
                  checked={props.project.redact.includes(kind)}
                />
                {t().settings.redact[kind]}
              </label>
            )}
          </For>
        </div>
        <label class="mt-3 flex items-start gap-2">
          <input
            type="checkbox"
            class="mt-1 size-4 accent-accent-fill"
            name="store_text"
            checked={props.project.store_text}
          />
          <span>
            {t().settings.storeText}
            <span class="block text-sm text-soft">{t().settings.storeTextHelp}</span>
          </span>
        </label>
      </fieldset>
      <fieldset disabled={!props.maySetLimits}>
        <legend class="text-sm font-medium">{t().settings.limits}</legend>
        <div class="mt-2 flex flex-wrap gap-4">
          <Limit
            id={`${id}-samples`}
            name="samples_per_day"
            label={t().settings.samplesPerDay}
            value={props.project.samples_per_day}
          />
          <Limit
            id={`${id}-tokens`}
            name="judge_tokens_per_day"
            label={t().settings.tokensPerDay}
            value={props.project.judge_tokens_per_day}
          />
          <Limit
            id={`${id}-usd-day`}
            name="usd_per_day"
            step="any"
            label={t().settings.usdPerDay}
            value={props.project.usd_per_day}
          />
          <Limit
            id={`${id}-usd-month`}
            name="usd_per_month"
            step="any"
            label={t().settings.usdPerMonth}
            value={props.project.usd_per_month}
          />
        </div>
        <p class="mt-2 text-sm text-soft">{t().settings.usdHelp}</p>
        <Show when={!props.maySetLimits}>
          <p class="mt-2 text-sm text-soft">{t().settings.limitsByDeployment}</p>
        </Show>
      </fieldset>
    </SettingsForm>
  );
}

function Limit(props: {
  id: string;
  name: string;
  label: string;
  step?: string;
  value: number | null;
}) {
  return (
    <TextLine
      id={props.id}
      label={props.label}
      around="w-44"
      name={props.name}
      type="number"
      min="0"
      step={props.step ?? "1"}
      inputmode="numeric"
      placeholder={t().settings.noLimit}
      value={props.value ?? ""}
    />
  );
}

/** What a form says that the project does not say already. Fields that were switched off are not in the form. */
function readProjectChange(form: FormData, known: Project): ProjectChange {
  const wish: ProjectChange = {};
  const name = String(form.get("name") ?? "").trim();
  if (name !== "" && name !== known.name) wish.name = name;
  const chosen = form.getAll("redact");
  const redact = REDACT_KINDS.filter((kind) => chosen.includes(kind));
  const isSame =
    redact.length === known.redact.length && redact.every((kind) => known.redact.includes(kind));
  if (!isSame) wish.redact = redact;
  const storeText = form.has("store_text");
  if (storeText !== known.store_text) wish.store_text = storeText;
  for (const limit of LIMITS) {
    const text = form.get(limit);
    if (text === null) continue;
    const value = text === "" ? null : Number(text);
    if (value !== known[limit]) wish[limit] = value;
  }
  return wish;
}
