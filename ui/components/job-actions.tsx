import { useMutation, useQueryClient } from "@tanstack/solid-query";
import { createSignal, lazy, Show, Suspense } from "solid-js";
import type { Job } from "../../src/contract.ts";
import { cancelJob, deleteJob, retryJob } from "../api.ts";
import { t } from "../i18n/translate.ts";
import { isActive } from "../queries.ts";
import { sayWhy } from "../say-why.ts";
import { Icon } from "./icon.tsx";
import { announce } from "./toasts.tsx";

const ConfirmDialog = lazy(() => import("./confirm-dialog.tsx"));

/** What can be done with a job in its state. `onDeleted` lets a page leave what is no more. */
export function JobActions(props: { job: Job; isPage?: boolean; onDeleted?: () => void }) {
  const queryClient = useQueryClient();
  const [isAsking, setIsAsking] = createSignal(false);
  const act = useMutation(() => ({
    mutationFn: ({ run }: { run: (id: string) => Promise<void>; done: string }) =>
      run(props.job.job_id),
    onSuccess: (_, { done }) => announce(done),
    onError: (error) => announce(sayWhy(error)),
    onSettled: () =>
      Promise.all(
        ["jobs", "job", "runs"].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      ),
  }));
  function remove(): void {
    setIsAsking(false);
    act.mutate(
      { run: deleteJob, done: t().jobs.deleted },
      { onSuccess: () => props.onDeleted?.() },
    );
  }
  const canRetry = () => props.job.status === "failed" || props.job.status === "cancelled";
  return (
    <div class="mt-4 flex flex-wrap items-center gap-2 print:hidden">
      <Show when={props.job.run_id}>
        {(runId) => (
          <a class="button button-primary" href={`/runs/${runId()}`}>
            {t().jobs.viewReport}
            <Icon name="right" />
          </a>
        )}
      </Show>
      <Show when={canRetry()}>
        <button
          type="button"
          class="button"
          disabled={act.isPending}
          onClick={() => act.mutate({ run: retryJob, done: t().jobs.retried })}
        >
          <Icon name="refresh" />
          {t().jobs.retry}
        </button>
      </Show>
      <Show when={isActive(props.job.status)}>
        <button
          type="button"
          class="button"
          disabled={act.isPending}
          onClick={() => act.mutate({ run: cancelJob, done: t().jobs.cancelled })}
        >
          {t().jobs.cancel}
        </button>
      </Show>
      <Show when={!props.isPage}>
        <a class="button button-quiet" href={`/jobs/${props.job.job_id}`}>
          {t().jobs.details}
        </a>
      </Show>
      <button
        type="button"
        class="button button-quiet ml-auto px-2.5"
        aria-label={`${t().jobs.delete}: ${props.job.question.slice(0, 60)}`}
        title={t().jobs.delete}
        disabled={act.isPending}
        onClick={() => setIsAsking(true)}
      >
        <Icon name="trash" />
      </button>
      <Show when={isAsking()}>
        <Suspense>
          <ConfirmDialog
            title={t().jobs.deleteTitle}
            text={t().jobs.deleteText}
            confirm={t().jobs.delete}
            dismiss={t().jobs.keep}
            onConfirm={remove}
            onDismiss={() => setIsAsking(false)}
          />
        </Suspense>
      </Show>
    </div>
  );
}
