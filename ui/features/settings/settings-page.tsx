import { useParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import type { SessionInfo } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { Select } from "../../kit/select.tsx";
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
  const params = useParams<{ part?: string }>();
  const part = () => PARTS.find((one) => one === params.part) ?? PARTS[0];
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
      <Show
        when={props.session.role === "admin"}
        fallback={<p class="text-soft">{t().settings.notAdmin}</p>}
      >
        <Contents part={part()} />
        <Show when={props.session.is_deployment_admin}>
          <ProjectChooser own={props.session.project} chosen={project()} onChoose={setProject} />
        </Show>
        <Switch>
          <Match when={part() === "judge"}>
            <JudgeSection project={project()} />
          </Match>
          <Match when={part() === "keys"}>
            <KeySection project={project()} />
          </Match>
          <Match when={part() === "projects"}>
            <ProjectSection session={props.session} />
          </Match>
          <Match when={part() === "criteria"}>
            <Show when={known()} fallback={<div class="skeleton h-40" />}>
              {(one) => <CriteriaSection project={one()} />}
            </Show>
          </Match>
          <Match when={part() === "thresholds"}>
            <Show when={known()} fallback={<div class="skeleton h-40" />}>
              {(one) => <ThresholdSection project={one()} />}
            </Show>
          </Match>
          <Match when={part() === "webhooks"}>
            <WebhookSection session={props.session} project={project()} />
          </Match>
          <Match when={part() === "audit"}>
            <AuditSection project={project()} />
          </Match>
        </Switch>
      </Show>
      <SessionCard session={props.session} />
    </div>
  );
}

const PARTS = ["judge", "keys", "projects", "criteria", "thresholds", "webhooks", "audit"] as const;

/** A page each. */
function Contents(props: { part: (typeof PARTS)[number] }) {
  return (
    <nav
      class="-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 text-sm sm:mx-0 sm:px-0"
      aria-label={t().settings.contents}
    >
      <For each={PARTS}>
        {(id) => (
          <a
            class="-mb-px border-b-2 border-transparent px-3 py-2 whitespace-nowrap text-soft hover:text-ink aria-[current=page]:border-accent-fill aria-[current=page]:font-medium aria-[current=page]:text-ink"
            href={`/settings/${id}`}
            aria-current={props.part === id ? "page" : undefined}
          >
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
