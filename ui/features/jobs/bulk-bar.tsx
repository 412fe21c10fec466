import { useQueryClient } from "@tanstack/solid-query";
import { createMemo, createSignal, For, Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { t } from "../../i18n/translate.ts";
import ConfirmDialog from "../../kit/confirm-dialog.tsx";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import type { Selection } from "../../kit/lists/create-selection.ts";
import { type BulkAction, type BulkResult, isOpenTo, runBulk } from "./bulk-jobs.ts";
import { noteJobs } from "./job-changes.ts";

const ACTIONS: readonly BulkAction[] = ["cancel", "retry", "delete"];

/** What can be done with all ticked jobs at once: asked once, then told job by job what came of it. */
export default function BulkBar(props: {
  jobs: readonly Job[];
  selection: Selection;
  onResult: (result: BulkResult) => void;
}) {
  const client = useQueryClient();
  const [asking, setAsking] = createSignal<BulkAction | null>(null);
  const [settled, setSettled] = createSignal<{ n: number; of: number } | null>(null);
  const ticked = createMemo(() => {
    const ids = new Set(props.selection.ids());
    return props.jobs.filter((job) => ids.has(job.job_id));
  });
  const open = (action: BulkAction) => ticked().filter((job) => isOpenTo(action, job));

  async function run(action: BulkAction): Promise<void> {
    setAsking(null);
    const ids = open(action).map((job) => job.job_id);
    setSettled({ n: 0, of: ids.length });
    const result = await runBulk(action, ids, (n) => setSettled({ n, of: ids.length }));
    setSettled(null);
    noteJobs(client, result.changes);
    props.selection.clear();
    props.onResult(result);
  }

  return (
    <div class="sticky bottom-20 z-20 mt-4 lg:bottom-4 print:hidden">
      <section
        aria-label={t().jobs.bulk.title}
        class="card flex flex-wrap items-center gap-2 border-accent-fill p-3 shadow-lg"
      >
        <Show
          when={settled()}
          fallback={
            <>
              <p role="status" class="mr-2 font-medium">
                {t().jobs.bulk.chosen(formatCount(ticked().length))}
              </p>
              <For each={ACTIONS}>
                {(action) => (
                  <Show when={open(action).length > 0}>
                    <button
                      type="button"
                      class="button"
                      classList={{ "border-bad text-bad": action === "delete" }}
                      onClick={() => setAsking(action)}
                    >
                      {t().jobs.bulk.actions[action](formatCount(open(action).length))}
                    </button>
                  </Show>
                )}
              </For>
              <span class="ml-auto flex flex-wrap gap-1 max-sm:w-full">
                <button
                  type="button"
                  class="button button-quiet"
                  onClick={() => props.selection.selectAll()}
                >
                  {t().jobs.bulk.all(formatCount(props.jobs.length))}
                </button>
                <button
                  type="button"
                  class="button button-quiet"
                  onClick={() => props.selection.clear()}
                >
                  {t().jobs.bulk.none}
                </button>
              </span>
            </>
          }
        >
          {(state) => (
            <>
              <p role="status">
                {t().jobs.bulk.settled(formatCount(state().n), formatCount(state().of))}
              </p>
              <progress
                class="progress h-1.5 flex-1"
                aria-label={t().jobs.bulk.title}
                max={state().of}
                value={state().n}
              />
            </>
          )}
        </Show>
      </section>
      <Show when={asking()}>
        {(action) => (
          <ConfirmDialog
            title={t().jobs.bulk.ask[action()](formatCount(open(action()).length))}
            text={t().jobs.bulk.means[action()]}
            confirm={t().jobs[action()]}
            dismiss={t().jobs.bulk.dismiss}
            onConfirm={() => run(action())}
            onDismiss={() => setAsking(null)}
          />
        )}
      </Show>
    </div>
  );
}

/** What came of it, and of how many it did not. It stays until it is read. */
export function BulkOutcome(props: { result: BulkResult; onClose: () => void }) {
  const isWhole = () => props.result.done === props.result.asked;
  return (
    <div
      class="mt-4 flex items-start gap-3 rounded-field px-3 py-2 text-sm"
      classList={{
        "bg-good-wash text-good": isWhole(),
        "bg-warn-wash text-warn": !isWhole(),
      }}
    >
      <Icon name={isWhole() ? "check" : "warning"} class="mt-0.5" />
      <div class="min-w-0 flex-1">
        <p>
          {t().jobs.bulk.outcome[props.result.action](
            formatCount(props.result.done),
            formatCount(props.result.asked),
          )}
          {props.result.gone > 0 && ` ${t().jobs.bulk.gone(formatCount(props.result.gone))}`}
        </p>
        <For each={[...props.result.refused]}>
          {([why, n]) => <p class="break-words">{t().jobs.bulk.refused(formatCount(n), why)}</p>}
        </For>
      </div>
      <button type="button" aria-label={t().app.close} onClick={() => props.onClose()}>
        <Icon name="cross" />
      </button>
    </div>
  );
}
