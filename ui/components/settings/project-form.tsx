import { useMutation, useQueryClient } from "@tanstack/solid-query";
import { createUniqueId, For, Show } from "solid-js";
import type { Project } from "../../../src/contract-access.ts";
import { KEY_NAME_CHARACTERS, REDACT_KINDS } from "../../access-limits.ts";
import { t } from "../../i18n/translate.ts";
import { changeProject } from "../../settings-api.ts";
import { announce } from "../toasts.tsx";
import { readProjectChange } from "./read-project-change.ts";
import { RefusalLine } from "./refusal-line.tsx";

/** What a project keeps and how much it may use in a day. Only what was changed is sent. */
export function ProjectForm(props: { project: Project; maySetLimits: boolean }) {
  const queryClient = useQueryClient();
  const id = createUniqueId();
  const attempt = useMutation(() => ({
    mutationFn: (form: HTMLFormElement) =>
      changeProject(props.project.project, readProjectChange(new FormData(form), props.project)),
    onSuccess: () => {
      announce(t().settings.saved);
      return Promise.all(
        ["projects", "session", "audit"].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
  }));
  function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }): void {
    event.preventDefault();
    attempt.mutate(event.currentTarget);
  }
  return (
    <form class="grid gap-5 border-t border-line p-4" onSubmit={submit}>
      <div class="max-w-sm">
        <label for={`${id}-name`} class="text-sm font-medium">
          {t().settings.projectName}
        </label>
        <input
          id={`${id}-name`}
          name="name"
          class="field mt-1"
          required
          maxlength={KEY_NAME_CHARACTERS}
          value={props.project.name}
        />
      </div>
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
        </div>
        <Show when={!props.maySetLimits}>
          <p class="mt-2 text-sm text-soft">{t().settings.limitsByDeployment}</p>
        </Show>
      </fieldset>
      <div>
        <button type="submit" class="button button-primary" disabled={attempt.isPending}>
          {t().settings.save}
        </button>
        <Show when={attempt.isError && attempt.error}>
          {(error) => <RefusalLine error={error()} />}
        </Show>
      </div>
    </form>
  );
}

function Limit(props: { id: string; name: string; label: string; value: number | null }) {
  return (
    <div class="w-44">
      <label for={props.id} class="text-sm text-soft">
        {props.label}
      </label>
      <input
        id={props.id}
        name={props.name}
        class="field mt-1"
        type="number"
        min="0"
        step="1"
        inputmode="numeric"
        placeholder={t().settings.noLimit}
        value={props.value ?? ""}
      />
    </div>
  );
}
