import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, Show } from "solid-js";
import type { SessionInfo } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { Select } from "../../kit/fields.tsx";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { AuditSection } from "./audit-section.tsx";
import { CriteriaSection } from "./criteria-section.tsx";
import { JudgeSection } from "./judge-section.tsx";
import { KeySection } from "./key-section.tsx";
import { ProjectSection } from "./project-section.tsx";
import { OpenNotice, SessionCard } from "./session-card.tsx";
import type { ProjectChoice } from "./settings-api.ts";
import { projectsQuery, sessionQuery } from "./settings-queries.ts";
import { ThresholdSection } from "./threshold-section.tsx";
import { WebhookSection } from "./webhook-section.tsx";

/** 设置: who may do what here, and who did. */
export default function SettingsPage() {
  const session = useQuery(sessionQuery);
  return (
    <>
      <PageHeading title={t().settings.title} intro={t().settings.intro} />
      <QueryView query={session}>{(known) => <Sections session={known()} />}</QueryView>
    </>
  );
}

function Sections(props: { session: SessionInfo }) {
  const [project, setProject] = createSignal<ProjectChoice>(null);
  const projects = useQuery(() => ({
    ...projectsQuery(),
    enabled: props.session.role === "admin",
  }));
  const known = () =>
    projects.isSuccess
      ? projects.data.find((one) => one.project === (project() ?? props.session.project))
      : undefined;
  return (
    <div class="mt-6 grid grid-cols-1 gap-6">
      <Show when={props.session.via === "open"}>
        <OpenNotice />
      </Show>
      <SessionCard session={props.session} />
      <Show
        when={props.session.role === "admin"}
        fallback={<p class="text-soft">{t().settings.notAdmin}</p>}
      >
        <Contents />
        <Show when={props.session.is_deployment_admin}>
          <ProjectChooser own={props.session.project} chosen={project()} onChoose={setProject} />
        </Show>
        <JudgeSection project={project()} />
        <KeySection project={project()} />
        <ProjectSection session={props.session} />
        <Show when={known()} fallback={<div class="skeleton h-40" />}>
          {(one) => (
            <>
              <CriteriaSection project={one()} />
              <ThresholdSection project={one()} />
            </>
          )}
        </Show>
        <WebhookSection session={props.session} project={project()} />
        <AuditSection project={project()} />
      </Show>
    </div>
  );
}

const CONTENTS = [
  "judge",
  "keys",
  "projects",
  "criteria",
  "thresholds",
  "webhooks",
  "audit",
] as const;

/** The page is long, so it begins with where things are. */
function Contents() {
  return (
    <nav class="flex flex-wrap gap-x-4 gap-y-1 text-sm" aria-label={t().settings.contents}>
      <For each={CONTENTS}>
        {(id) => (
          <a class="link py-1" href={`#${id}`} target="_self">
            {t().settings[id]}
          </a>
        )}
      </For>
    </nav>
  );
}

/** For whom may enter every project: which one's keys and log to show. Absent while there is only one. */
function ProjectChooser(props: {
  own: string;
  chosen: ProjectChoice;
  onChoose: (project: ProjectChoice) => void;
}) {
  const projects = useQuery(projectsQuery);
  const known = () => (projects.isPending ? [] : (projects.data ?? []));
  return (
    <Show when={known().length > 1}>
      <div class="flex flex-wrap items-center gap-3">
        <label for="settings-project" class="text-sm font-medium">
          {t().settings.chooseProject}
        </label>
        <Select
          id="settings-project"
          class="field w-auto max-w-full"
          chosen={props.chosen ?? props.own}
          options={known().map(({ project, name }) => [
            project,
            name === project ? name : `${name} (${project})`,
          ])}
          onChoose={(project) => props.onChoose(project === props.own ? null : project)}
        />
      </div>
    </Show>
  );
}
