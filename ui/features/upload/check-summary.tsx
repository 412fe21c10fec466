import { createMemo, For, Show } from "solid-js";
import { ROW_SPEAKER } from "../../../src/words/say-rows.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { language } from "../../kit/preferences.ts";
import { FirstLines } from "./bad-row-list.tsx";
import { saveBadRows } from "./bad-rows.ts";
import type { CheckedTable } from "./check-rows.ts";
import type { Table } from "./table.ts";

/** What the whole file will give: rows that can be scored, rows that cannot with their reason, and what is odd. */
export function CheckSummary(props: { table: Table; checked: CheckedTable }) {
  const all = () => props.table.rows.length + props.table.unread.length;
  const bad = createMemo(() =>
    [
      ...props.table.unread.map((row) => ({ ...row, fields: null })),
      ...props.checked.refused.map(({ line, detail, fields }) => ({
        line,
        reason: detail,
        fields,
        source: null,
      })),
    ].sort((a, b) => a.line - b.line),
  );
  const isDone = () => props.checked.checked === props.table.rows.length;
  return (
    <section class="card p-5 text-sm sm:p-6">
      <p class="text-base font-semibold" role="status">
        {isDone()
          ? t().upload.checked(formatCount(all() - bad().length), formatCount(all()))
          : t().upload.checking(
              formatCount(props.checked.checked),
              formatCount(props.table.rows.length),
            )}
      </p>
      <p class="mt-1 flex flex-wrap gap-x-4 text-soft">
        <span>{t().upload.withPassages(formatCount(props.checked.withPassages))}</span>
        <span>{t().upload.withReference(formatCount(props.checked.withGroundTruth))}</span>
      </p>
      <Show when={bad().length > 0}>
        <div class="mt-4 rounded-field bg-bad-wash p-3">
          <div class="flex flex-wrap items-center justify-between gap-2">
            <p class="font-medium text-bad">{t().upload.refused(formatCount(bad().length))}</p>
            <button type="button" class="button" onClick={() => saveBadRows(bad())}>
              {t().upload.downloadBad}
            </button>
          </div>
          <p class="text-soft">{t().upload.refusedText}</p>
          <FirstLines rows={bad()} most={5}>
            {({ reason }) => ROW_SPEAKER.say(reason, language())}
          </FirstLines>
        </div>
      </Show>
      <For each={props.checked.warnings}>
        {({ warning, rows, line }) => (
          <div class="mt-3 rounded-field bg-warn-wash p-3">
            <p class="font-medium text-warn">
              {t().upload.warned(formatCount(rows), formatCount(line))}
            </p>
            <p class="mt-0.5 break-words">{ROW_SPEAKER.say(warning, language())}</p>
            <p class="mt-0.5 break-words text-soft">
              {ROW_SPEAKER.sayWarning(warning, language()).fix}
            </p>
          </div>
        )}
      </For>
    </section>
  );
}
