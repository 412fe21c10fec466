import { Show } from "solid-js";
import type { Job } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";

/** How far a job of many samples has come. Of one sample there is nothing to count. */
export function JobProgress(props: { job: Job }) {
  const progress = () => props.job.progress;
  const text = () =>
    t().jobs.progress(
      formatCount(progress().done + progress().failed),
      formatCount(progress().total),
    );
  return (
    <Show when={progress().total > 1}>
      <div class="mt-4">
        <progress
          class="progress h-1.5 w-full"
          aria-label={text()}
          max={progress().total || 1}
          value={progress().done + progress().failed}
        />
        <p class="mt-1.5 text-sm text-faint">
          {text()}
          <Show when={progress().failed > 0}>
            {" · "}
            <span class="text-bad">{t().jobs.failedSamples(formatCount(progress().failed))}</span>
          </Show>
        </p>
      </div>
    </Show>
  );
}
