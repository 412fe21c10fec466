import type { Job } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import type { Selection } from "../../kit/lists/create-selection.ts";

/** Takes a job into what is done to several; with Shift all in between too. */
export function TickJob(props: { job: Job; selection: Selection }) {
  return (
    <input
      type="checkbox"
      class="size-4 accent-accent-fill print:hidden"
      aria-label={t().jobs.choose(props.job.question.slice(0, 60))}
      title={t().jobs.chooseHint}
      checked={props.selection.has(props.job.job_id)}
      onClick={(event) => props.selection.toggle(props.job.job_id, event.shiftKey)}
    />
  );
}
