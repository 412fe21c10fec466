import { createSignal } from "solid-js";
import type { CreatedKey, Role } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { ACCESS_ROLES, KEY_NAME_CHARACTERS } from "../../kit/access-limits.ts";
import { Labelled, TextLine } from "../../kit/fields.tsx";
import { formatCount } from "../../kit/format.ts";
import { Select } from "../../kit/select.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { SettingsForm } from "./parts.tsx";
import { createKey, type KeyWish, type ProjectChoice } from "./settings-api.ts";

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
      <TextLine
        id="key-name"
        label={t().settings.keyName}
        required
        maxlength={KEY_NAME_CHARACTERS}
        autocomplete="off"
        placeholder={t().settings.keyNamePlaceholder}
        value={name()}
        onText={setName}
      />
      <Labelled for="key-role" label={t().settings.role} help={t().settings.roleMeaning[role()]}>
        <Select
          id="key-role"
          aria-describedby="key-role-help"
          chosen={role()}
          options={ACCESS_ROLES.map((one) => [one, t().settings.roles[one]])}
          onChoose={setRole}
        />
      </Labelled>
      <Labelled for="key-days" label={t().settings.expires}>
        <Select
          id="key-days"
          chosen={String(days() ?? "")}
          options={[
            ["", t().settings.expiresNever],
            ...DAYS.map((n) => [String(n), t().settings.expiresDays(formatCount(n))] as const),
          ]}
          onChoose={(n) => setDays(Number(n) || null)}
        />
      </Labelled>
    </SettingsForm>
  );
}
