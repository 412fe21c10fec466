import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, Show } from "solid-js";
import type { Run } from "../../../src/contract/run.ts";
import { t } from "../../i18n/translate.ts";
import { formatDateTime } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { InfoPopover } from "../../kit/info-popover.tsx";
import { runName } from "../../kit/run-name.tsx";
import { recentRunsQuery } from "../../kit/runs-api.ts";

/** Which run the numbers are measured against; it stands in the address, so a link shows the same. */
export function BaselineChoice(props: {
  run: Run;
  base: Run | null;
  hrefOf: (baseId: string | null) => string;
}) {
  const [isOpen, setIsOpen] = createSignal(false);
  // No one has asked for other runs before this opens.
  const query = useQuery(() => ({ ...recentRunsQuery(), enabled: isOpen() }));
  const others = () =>
    (query.data?.runs ?? [])
      .filter((run) => run.run_id !== props.run.run_id && run.total_samples > 1)
      .slice(0, 12);
  return (
    <InfoPopover
      label={t().baseline.choose}
      class="button button-slim max-w-56"
      onOpen={() => setIsOpen(true)}
      face={
        <span class="truncate">
          {props.base ? t().baseline.against(runName(props.base)) : t().baseline.choose}
        </span>
      }
    >
      <Show when={props.base}>
        {(base) => (
          <p class="mb-3 flex flex-wrap gap-2">
            <a
              class="button button-slim"
              href={`/compare?${new URLSearchParams({ base: base().run_id, other: props.run.run_id })}`}
            >
              {t().baseline.compare}
            </a>
            <a class="button button-slim" href={props.hrefOf(null)} noScroll>
              <Icon name="cross" class="size-3" />
              {t().baseline.drop}
            </a>
          </p>
        )}
      </Show>
      <p class="text-soft">{t().baseline.intro}</p>
      <ul class="mt-2 grid max-h-80 grid-cols-1 overflow-y-auto">
        <For
          each={others()}
          fallback={
            <li class="text-faint">{query.isFetching ? t().app.loading : t().baseline.none}</li>
          }
        >
          {(run) => (
            <li>
              <a
                class="-mx-2 block rounded-field px-2 py-1.5 hover:bg-raised"
                href={props.hrefOf(run.run_id)}
                aria-current={props.base?.run_id === run.run_id ? "true" : undefined}
                noScroll
              >
                <span class="block truncate">{runName(run)}</span>
                <span class="block text-xs text-faint">{formatDateTime(run.finished_at)}</span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </InfoPopover>
  );
}
