import { createSignal } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { KEY_NAME_CHARACTERS, PROJECT_ID_PATTERN } from "../../kit/access-limits.ts";
import { Labelled } from "./labelled.tsx";
import { createProject } from "./settings-api.ts";
import { SettingsForm } from "./settings-form.tsx";
import { useSaving } from "./use-saving.ts";

export function CreateProjectForm() {
  const [id, setId] = createSignal("");
  const [name, setName] = createSignal("");
  const saving = useSaving(createProject, {
    alters: ["projects"],
    done: () => t().settings.projectCreated,
    onDone: () => {
      setId("");
      setName("");
    },
  });
  return (
    <SettingsForm
      title={t().settings.createProject}
      submit={t().settings.create}
      saving={saving}
      isReady={id().trim() !== "" && name().trim() !== ""}
      onSubmit={() => saving.mutate({ project: id().trim(), name: name().trim() })}
      columns="sm:grid-cols-[1fr_1fr_auto]"
    >
      <Labelled for="project-id" label={t().settings.projectId} help={t().settings.projectIdHelp}>
        <input
          id="project-id"
          class="field font-mono"
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
      </Labelled>
      <Labelled for="project-name" label={t().settings.projectName}>
        <input
          id="project-name"
          class="field"
          required
          maxlength={KEY_NAME_CHARACTERS}
          autocomplete="off"
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Labelled>
    </SettingsForm>
  );
}
