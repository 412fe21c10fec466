import { useQuery } from "@tanstack/solid-query";
import { For, Match, Show, Switch } from "solid-js";
import type { SessionInfo } from "../../../src/contract-access.ts";
import { t } from "../../i18n/translate.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { CreateProjectForm } from "./create-project-form.tsx";
import { ProjectForm } from "./project-form.tsx";
import { Section } from "./section.tsx";
import { projectsQuery } from "./settings-queries.ts";

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
