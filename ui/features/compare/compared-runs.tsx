import type { Comparison } from "../../../src/contract-insight.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatDateTime } from "../../kit/format.ts";

/** Which two runs, and how many samples they share. */
export function ComparedRuns(props: { comparison: Comparison }) {
  return (
    <section aria-label={t().compare.runs}>
      <div class="grid gap-4 sm:grid-cols-2">
        <RunCard role={t().compare.base} run={props.comparison.base} />
        <RunCard role={t().compare.other} run={props.comparison.other} />
      </div>
      <p class="mt-3 text-sm text-soft">
        {t().compare.paired(
          formatCount(props.comparison.paired),
          formatCount(props.comparison.only_base),
          formatCount(props.comparison.only_other),
        )}
      </p>
    </section>
  );
}

function RunCard(props: { role: string; run: Comparison["base"] }) {
  return (
    <div class="card min-w-0 p-4">
      <p class="text-sm text-faint">{props.role}</p>
      <a class="link font-medium break-words" href={`/runs/${props.run.run_id}`}>
        {props.run.name ?? props.run.run_id}
      </a>
      <p class="mt-0.5 text-xs text-faint">
        <time datetime={props.run.finished_at}>{formatDateTime(props.run.finished_at)}</time>
        {" · "}
        {t().runs.sampleCount(props.run.total_samples, formatCount(props.run.total_samples))}
      </p>
    </div>
  );
}
