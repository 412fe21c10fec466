import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import type { SessionInfo } from "../../../src/contract-access.ts";
import { t } from "../../i18n/translate.ts";
import { KEY_NAME_CHARACTERS, PROJECT_ID_PATTERN } from "../../kit/access-limits.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { Labelled } from "./labelled.tsx";
import { ProjectForm } from "./project-form.tsx";
import { Section } from "./section.tsx";
import { createProject } from "./settings-api.ts";
import { SettingsForm } from "./settings-form.tsx";
import { projectsQuery } from "./settings-queries.ts";
import { useSaving } from "./use-saving.ts";

/** The projects the reader may set: their privacy and their daily limits. */
export function ProjectSection(props: { session: SessionInfo }) {
  const query = useQuery(projectsQuery);
  return (
    <Section id="projects" title={t().settings.projects} text={t().settings.projectsText}>
      <Switch>
        <Match when={query.isPending}>
          <div class="skeleton mt-5 h-24" />
        </Match>
        <Match when={query.isError && !query.data && query.error}>
          {(error) => <ErrorNotice error={error()} onRetry={() => query.refetch()} />}
        </Match>
        <Match when={query.data}>
          {(projects) => (
            <div class="mt-4 grid gap-3">
              <For each={projects().map(({ project }) => project)}>
                {(id) => (
                  <Show when={projects().find(({ project }) => project === id)}>
                    {(project) => (
                      <details
                        class="rounded-field border border-line"
                        open={projects().length === 1}
                      >
                        <summary class="px-4 py-3 break-words">
                          <span class="font-medium">{project().name}</span>{" "}
                          <span class="font-mono text-sm text-faint">{project().project}</span>
                        </summary>
                        <ProjectForm
                          project={project()}
                          maySetLimits={props.session.is_deployment_admin}
                        />
                      </details>
                    )}
                  </Show>
                )}
              </For>
            </div>
          )}
        </Match>
      </Switch>
      <Show when={props.session.is_deployment_admin}>
        <CreateProjectForm />
      </Show>
    </Section>
  );
}

function CreateProjectForm() {
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
