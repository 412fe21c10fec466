import { useQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { Badge } from "../../kit/badge.tsx";
import { ConfirmButton } from "../../kit/confirm-button.tsx";
import { dataOf } from "../../kit/data-of.ts";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { runName } from "../../kit/run-name.tsx";
import { recentRunsQuery } from "../../kit/runs-api.ts";
import { useSaving } from "../../kit/use-saving.ts";
import { Row, Rows, Section } from "../settings/parts.tsx";
import {
  deleteSchedule,
  experimentsQuery,
  schedulesQuery,
  switchSchedule,
} from "./experiments-api.ts";

/** What was run last, of one test set or of all. */
export function ExperimentSection(props: { setId?: string }) {
  const experiments = useQuery(() => experimentsQuery(props.setId ?? null));
  const words = () => t().experiments;
  return (
    <Section title={words().list}>
      <QueryView query={experiments} skeleton={<div class="skeleton mt-4 h-16" />}>
        {(known) => (
          <Rows each={known()} none={words().none}>
            {(one) => (
              <Row
                actions={
                  <Badge
                    look={one.status === "running" ? ["running", "info"] : ["check", "plain"]}
                    isTurning={one.status === "running"}
                  >
                    {words()[one.status]}
                  </Badge>
                }
              >
                <a class="link font-medium" href={`/experiments/${one.experiment_id}`}>
                  {one.name ?? formatDateTime(one.created_at)}
                </a>
                <p class="text-sm text-soft">
                  {one.name === null ? "" : `${formatDateTime(one.created_at)} · `}
                  {words().questions(formatCount(one.total))}
                </p>
              </Row>
            )}
          </Rows>
        )}
      </QueryView>
    </Section>
  );
}

/** What each is compared with. */
function BaseOf(props: { id: string | null }) {
  const runs = useQuery(() => ({ ...recentRunsQuery(), enabled: props.id !== null }));
  const name = (id: string) => {
    const run = dataOf(runs)?.runs.find(({ run_id }) => run_id === id);
    return run ? runName(run) : id;
  };
  return (
    <Show when={props.id} fallback={t().experiments.againstLast}>
      {(id) => (
        <a class="link" href={`/runs/${id()}`}>
          {t().experiments.pinned(name(id()))}
        </a>
      )}
    </Show>
  );
}

/** What runs by itself. */
export function ScheduleSection() {
  const schedules = useQuery(schedulesQuery);
  const words = () => t().experiments;
  const switching = useSaving(switchSchedule, { alters: ["schedules"], isSaid: true });
  const removing = useSaving(deleteSchedule, { alters: ["schedules"], isSaid: true });
  return (
    <Section title={words().schedules}>
      <QueryView query={schedules} skeleton={<div class="skeleton mt-4 h-10" />}>
        {(known) => (
          <Rows each={known()} none={words().noSchedules}>
            {(one) => (
              <Row
                actions={
                  <div class="flex flex-wrap gap-2">
                    <button
                      type="button"
                      class="button"
                      disabled={switching.isPending}
                      onClick={() =>
                        switching.mutate({ id: one.schedule_id, isOn: one.next_at === null })
                      }
                    >
                      {one.next_at === null ? words().switchOn : words().switchOff}
                    </button>
                    <ConfirmButton
                      {...{
                        label: words().deleteSchedule,
                        name: one.name,
                        title: words().deleteTitle,
                      }}
                      {...{ text: words().deleteText, isBusy: removing.isPending }}
                      onConfirm={() => removing.mutate(one.schedule_id)}
                    />
                  </div>
                }
              >
                <p class="font-medium">{one.name}</p>
                <p class="text-sm text-soft">
                  {one.next_at === null ? words().off : words().next(formatDateTime(one.next_at))}
                  {" · "}
                  <BaseOf id={one.experiment.base_run_id} />
                </p>
                <Show when={one.problem}>{(why) => <p class="text-sm text-warn">{why()}</p>}</Show>
              </Row>
            )}
          </Rows>
        )}
      </QueryView>
    </Section>
  );
}
