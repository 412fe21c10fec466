import { useQuery } from "@tanstack/solid-query";
import type { Comparison } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { runName } from "../../kit/run-name.tsx";
import { recentRunsQuery, runLine } from "../../kit/runs-api.ts";
import { Select } from "../../kit/select.tsx";

/** Which run is measured against which; either can be changed where it stands. */
export function RunPickers(props: {
  base: string;
  other: string;
  comparison: Comparison | undefined;
  onChoose: (choice: { base: string; other: string }) => void;
}) {
  const query = useQuery(recentRunsQuery);
  const named = () => {
    const known = new Map<string, string>();
    for (const run of [props.comparison?.base, props.comparison?.other]) {
      if (run) known.set(run.run_id, runLine(run.name ?? run.run_id, run));
    }
    for (const run of query.isSuccess ? query.data.runs : []) {
      known.set(run.run_id, runLine(runName(run), run));
    }
    for (const id of [props.base, props.other]) if (id && !known.has(id)) known.set(id, id);
    return [...known];
  };
  const choices = (): [string, string][] => [["", t().compare.pick], ...named()];
  return (
    <div class="mt-4 grid grid-cols-1 items-end gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
      <div class="grid min-w-0 gap-1 text-sm text-soft">
        <span aria-hidden="true">{t().compare.base}</span>
        <Select
          aria-label={t().compare.base}
          class="field truncate"
          chosen={props.base}
          options={choices()}
          onChoose={(base) => props.onChoose({ base, other: props.other })}
        />
      </div>
      <button
        type="button"
        class="button"
        onClick={() => props.onChoose({ base: props.other, other: props.base })}
      >
        {t().compare.swap}
      </button>
      <div class="grid min-w-0 gap-1 text-sm text-soft">
        <span aria-hidden="true">{t().compare.other}</span>
        <Select
          aria-label={t().compare.other}
          class="field truncate"
          chosen={props.other}
          options={choices()}
          onChoose={(other) => props.onChoose({ base: props.base, other })}
        />
      </div>
    </div>
  );
}
