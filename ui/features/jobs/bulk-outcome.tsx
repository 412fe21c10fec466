import { For } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import type { BulkResult } from "./bulk-jobs.ts";

/** What came of it, and of how many it did not. It stays until it is read. */
export default function BulkOutcome(props: { result: BulkResult; onClose: () => void }) {
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
