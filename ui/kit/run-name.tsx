import type { Run, RunRow } from "../../src/contract/run.ts";
import { t } from "../i18n/translate.ts";

/** What a run is called: its name, its session, its only question; else its kind with the end of its id. */
export function runName(run: Run | RunRow): string {
  const question = "question" in run ? run.question : null;
  return run.name ?? run.session_id ?? question ?? `${t().runs[run.mode]} ${run.run_id.slice(-6)}`;
}

export function RunName(props: { run: Run }) {
  return (
    <a
      class="line-clamp-2 font-medium break-words hover:text-accent"
      href={`/runs/${props.run.run_id}`}
    >
      {runName(props.run)}
    </a>
  );
}
