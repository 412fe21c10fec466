import { useMutation, useQueryClient } from "@tanstack/solid-query";
import { createSignal, For, Show } from "solid-js";
import type { CreatedKey, Role } from "../../../src/contract-access.ts";
import { ACCESS_ROLES, KEY_NAME_CHARACTERS } from "../../access-limits.ts";
import { formatCount } from "../../format.ts";
import { t } from "../../i18n/translate.ts";
import { createKey, type ProjectChoice } from "../../settings-api.ts";
import { RefusalLine } from "./refusal-line.tsx";

const DAYS = [30, 90, 365];

export function CreateKeyForm(props: {
  project: ProjectChoice;
  onCreated: (created: CreatedKey) => void;
}) {
  const queryClient = useQueryClient();
  const [name, setName] = createSignal("");
  const [role, setRole] = createSignal<Role>("submit");
  const [days, setDays] = createSignal<number | null>(null);
  const attempt = useMutation(() => ({
    mutationFn: () =>
      createKey(props.project, { name: name().trim(), role: role(), expires_in_days: days() }),
    // The answer holds the key; it must not stay in memory longer than it is shown.
    gcTime: 0,
    onSuccess: (created) => {
      props.onCreated(created);
      return Promise.all(
        ["keys", "audit"].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      );
    },
  }));
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (name().trim()) attempt.mutate();
  }
  return (
    <form class="mt-4 rounded-field bg-raised p-4" onSubmit={submit}>
      <h3 class="font-semibold">{t().settings.createKey}</h3>
      <div class="mt-3 grid items-start gap-4 sm:grid-cols-[2fr_1.4fr_1.2fr_auto]">
        <div>
          <label for="key-name" class="text-sm font-medium">
            {t().settings.keyName}
          </label>
          <input
            id="key-name"
            class="field mt-1"
            required
            maxlength={KEY_NAME_CHARACTERS}
            autocomplete="off"
            placeholder={t().settings.keyNamePlaceholder}
            value={name()}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div>
          <label for="key-role" class="text-sm font-medium">
            {t().settings.role}
          </label>
          <select
            id="key-role"
            class="field mt-1"
            aria-describedby="key-role-meaning"
            value={role()}
            onChange={(event) =>
              setRole(ACCESS_ROLES.find((one) => one === event.currentTarget.value) ?? "submit")
            }
          >
            <For each={ACCESS_ROLES}>
              {(one) => <option value={one}>{t().settings.roles[one]}</option>}
            </For>
          </select>
          <p id="key-role-meaning" class="mt-1 text-xs text-soft">
            {t().settings.roleMeaning[role()]}
          </p>
        </div>
        <div>
          <label for="key-days" class="text-sm font-medium">
            {t().settings.expires}
          </label>
          <select
            id="key-days"
            class="field mt-1"
            value={days() ?? ""}
            onChange={(event) => setDays(Number(event.currentTarget.value) || null)}
          >
            <option value="">{t().settings.expiresNever}</option>
            <For each={DAYS}>
              {(n) => <option value={n}>{t().settings.expiresDays(formatCount(n))}</option>}
            </For>
          </select>
        </div>
        <button
          type="submit"
          class="button button-primary sm:mt-7.5"
          disabled={attempt.isPending || name().trim() === ""}
        >
          {t().settings.create}
        </button>
      </div>
      <Show when={attempt.isError && attempt.error}>
        {(error) => <RefusalLine error={error()} />}
      </Show>
    </form>
  );
}
