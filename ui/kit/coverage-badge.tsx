import { Show } from "solid-js";
import { t } from "../i18n/translate.ts";
import { formatPercent } from "./format.ts";
import { Icon } from "./icon.tsx";

/** Warns when some samples could not be judged, so the mean rests on fewer; silent when all were. */
export function CoverageBadge(props: { coverage: number | undefined }) {
  return (
    <Show when={(props.coverage ?? 1) < 1}>
      <span
        class="inline-flex items-center gap-1 rounded-full bg-warn-wash px-2 py-0.5 text-xs whitespace-nowrap text-warn"
        title={t().runs.coverageMeaning}
      >
        <Icon name="warning" class="size-3" />
        {t().runs.coverage(formatPercent(props.coverage ?? 1))}
      </span>
    </Show>
  );
}
