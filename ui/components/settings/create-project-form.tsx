import { useMutation, useQueryClient } from "@tanstack/solid-query";
import { createSignal, Show } from "solid-js";
import { KEY_NAME_CHARACTERS, PROJECT_ID_PATTERN } from "../../access-limits.ts";
import { t } from "../../i18n/translate.ts";
import { createProject } from "../../settings-api.ts";
import { announce } from "../toasts.tsx";
import { RefusalLine } from "./refusal-line.tsx";

export function CreateProjectForm() {
  const queryClient = useQueryClient();
  const [id, setId] = createSignal("");
  const [name, setName] = createSignal("");
  const attempt = useMutation(() => ({
    mutationFn: () => createProject({ project: id().trim(), name: name().trim() }),
    onSuccess: () => {
      setId("");
      setName("");
      announce(t().settings.projectCreated);
      return queryClient.invalidateQueries({ queryKey: ["projects"] });
    },
  }));
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (id().trim() && name().trim()) attempt.mutate();
  }
  return (
    <form class="mt-4 rounded-field bg-raised p-4" onSubmit={submit}>
      <h3 class="font-semibold">{t().settings.createProject}</h3>
      <div class="mt-3 grid items-start gap-4 sm:grid-cols-[1fr_1fr_auto]">
        <div>
          <label for="project-id" class="text-sm font-medium">
            {t().settings.projectId}
          </label>
          <input
            id="project-id"
            class="field mt-1 font-mono"
            required
            maxlength={40}
            pattern={PROJECT_ID_PATTERN}
            title={t().settings.projectIdHelp}
            autocomplete="off"
            spellcheck={false}
            aria-describedby="project-id-help"
            value={id()}
            onInput={(event) => setId(event.currentTarget.value)}
          />
          <p id="project-id-help" class="mt-1 text-xs text-soft">
            {t().settings.projectIdHelp}
          </p>
        </div>
        <div>
          <label for="project-name" class="text-sm font-medium">
            {t().settings.projectName}
          </label>
          <input
            id="project-name"
            class="field mt-1"
            required
            maxlength={KEY_NAME_CHARACTERS}
            autocomplete="off"
            value={name()}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <button
          type="submit"
          class="button button-primary sm:mt-7.5"
          disabled={attempt.isPending || id().trim() === "" || name().trim() === ""}
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
