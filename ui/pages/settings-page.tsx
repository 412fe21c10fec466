import { useQuery } from "@tanstack/solid-query";
import { createSignal, Show } from "solid-js";
import type { SessionInfo } from "../../src/contract-access.ts";
import { PageHeading } from "../components/page-heading.tsx";
import { QueryView } from "../components/query-view.tsx";
import { AuditSection } from "../components/settings/audit-section.tsx";
import { KeySection } from "../components/settings/key-section.tsx";
import { OpenNotice } from "../components/settings/open-notice.tsx";
import { ProjectChooser } from "../components/settings/project-chooser.tsx";
import { ProjectSection } from "../components/settings/project-section.tsx";
import { SessionCard } from "../components/settings/session-card.tsx";
import { t } from "../i18n/translate.ts";
import type { ProjectChoice } from "../settings-api.ts";
import { sessionQuery } from "../settings-queries.ts";

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
        <Show when={props.session.is_deployment_admin}>
          <ProjectChooser own={props.session.project} chosen={project()} onChoose={setProject} />
        </Show>
        <KeySection project={project()} />
        <ProjectSection session={props.session} />
        <AuditSection project={project()} />
      </Show>
    </div>
  );
}
