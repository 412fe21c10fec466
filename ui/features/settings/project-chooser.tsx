import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import type { ProjectChoice } from "./settings-api.ts";
import { projectsQuery } from "./settings-queries.ts";

/** For whom may enter every project: which one's keys and log to show. Absent while there is only one. */
export function ProjectChooser(props: {
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
        <select
          id="settings-project"
          class="field w-auto max-w-full"
          value={props.chosen ?? props.own}
          onChange={({ currentTarget: { value } }) =>
            props.onChoose(value === props.own ? null : value)
          }
        >
          <For each={known()}>
            {({ project, name }) => (
              <option value={project} selected={project === (props.chosen ?? props.own)}>
                {name === project ? name : `${name} (${project})`}
              </option>
            )}
          </For>
        </select>
      </div>
    </Show>
  );
}
