import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, Show } from "solid-js";
import type { SessionInfo } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { KEY_NAME_CHARACTERS, PROJECT_ID_PATTERN } from "../../kit/access-limits.ts";
import { TextLine } from "../../kit/fields.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { Section, SettingsForm } from "./parts.tsx";
import { ProjectForm } from "./project-form.tsx";
import { createProject } from "./settings-api.ts";
import { projectsQuery } from "./settings-queries.ts";

/** The projects the reader may set: their privacy and their daily limits. */
export function ProjectSection(props: { session: SessionInfo }) {
  const query = useQuery(projectsQuery);
  return (
    <Section id="projects" title={t().settings.projects} text={t().settings.projectsText}>
      <QueryView query={query} skeleton={<div class="skeleton mt-5 h-24" />} errorClass="">
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
      </QueryView>
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
      <TextLine
        id="project-id"
        label={t().settings.projectId}
        help={t().settings.projectIdHelp}
        class="field font-mono"
        required
        maxlength={40}
        pattern={PROJECT_ID_PATTERN}
        title={t().settings.projectIdHelp}
        autocomplete="off"
        spellcheck={false}
        value={id()}
        onText={setId}
      />
      <TextLine
        id="project-name"
        label={t().settings.projectName}
        required
        maxlength={KEY_NAME_CHARACTERS}
        autocomplete="off"
        value={name()}
        onText={setName}
      />
    </SettingsForm>
  );
}
