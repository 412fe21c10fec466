import { createSignal, For } from "solid-js";
import type { CreatedKey, Role } from "../../../src/contract-access.ts";
import { t } from "../../i18n/translate.ts";
import { ACCESS_ROLES, KEY_NAME_CHARACTERS } from "../../kit/access-limits.ts";
import { formatCount } from "../../kit/format.ts";
import { Labelled } from "./labelled.tsx";
import { createKey, type KeyWish, type ProjectChoice } from "./settings-api.ts";
import { SettingsForm } from "./settings-form.tsx";
import { useSaving } from "./use-saving.ts";

const DAYS = [30, 90, 365];

export function CreateKeyForm(props: {
  project: ProjectChoice;
  onCreated: (created: CreatedKey) => void;
}) {
  const [name, setName] = createSignal("");
  const [role, setRole] = createSignal<Role>("submit");
  const [days, setDays] = createSignal<number | null>(null);
  // The answer holds the key; it must not stay in memory longer than it is shown.
  const saving = useSaving((wish: KeyWish) => createKey(props.project, wish), {
    alters: ["keys"],
    onDone: (created) => props.onCreated(created),
    isSecret: true,
  });
  return (
    <SettingsForm
      title={t().settings.createKey}
      submit={t().settings.create}
      saving={saving}
      isReady={name().trim() !== ""}
      onSubmit={() => saving.mutate({ name: name().trim(), role: role(), expires_in_days: days() })}
      columns="sm:grid-cols-[2fr_1.4fr_1.2fr_auto]"
    >
      <Labelled for="key-name" label={t().settings.keyName}>
        <input
          id="key-name"
          class="field"
          required
          maxlength={KEY_NAME_CHARACTERS}
          autocomplete="off"
          placeholder={t().settings.keyNamePlaceholder}
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Labelled>
      <Labelled for="key-role" label={t().settings.role} help={t().settings.roleMeaning[role()]}>
        <select
          id="key-role"
          class="field"
          aria-describedby="key-role-help"
          value={role()}
          onChange={(event) =>
            setRole(ACCESS_ROLES.find((one) => one === event.currentTarget.value) ?? "submit")
          }
        >
          <For each={ACCESS_ROLES}>
            {(one) => <option value={one}>{t().settings.roles[one]}</option>}
          </For>
        </select>
      </Labelled>
      <Labelled for="key-days" label={t().settings.expires}>
        <select
          id="key-days"
          class="field"
          value={days() ?? ""}
          onChange={(event) => setDays(Number(event.currentTarget.value) || null)}
        >
          <option value="">{t().settings.expiresNever}</option>
          <For each={DAYS}>
            {(n) => <option value={n}>{t().settings.expiresDays(formatCount(n))}</option>}
          </For>
        </select>
      </Labelled>
    </SettingsForm>
  );
}
