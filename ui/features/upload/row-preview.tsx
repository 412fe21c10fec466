import { createMemo, For, Show } from "solid-js";
import type { Format } from "../../../src/intake/formats/format.ts";
import type { Mapping } from "../../../src/intake/formats/map-columns.ts";
import { ROW_SPEAKER } from "../../../src/words/say-rows.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { language } from "../../kit/preferences.ts";
import { type CheckedRow, checkRow } from "./check-rows.ts";
import type { Table } from "./table.ts";

const SHOWN = 5;

/** The first rows as the server will understand them, while the columns are being matched. */
export function RowPreview(props: { table: Table; mapping: Mapping; format: Format | null }) {
  const rows = createMemo(() =>
    props.table.rows.slice(0, SHOWN).map((row) => checkRow(row, props.mapping, props.format)),
  );
  return (
    <section class="card p-5 sm:p-6" aria-labelledby="preview-title">
      <h2 id="preview-title" class="font-semibold">
        {t().upload.preview}
      </h2>
      <ol class="mt-3 grid grid-cols-1 gap-3">
        <For each={rows()}>{(row) => <PreviewedRow row={row} />}</For>
      </ol>
    </section>
  );
}

function PreviewedRow(props: { row: CheckedRow }) {
  const passages = () => props.row.passages ?? [];
  return (
    <li class="rounded-field border border-line p-3 text-sm">
      <p class="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-faint">
        <span>{t().upload.line(formatCount(props.row.line))}</span>
        <span classList={{ "text-warn": passages().length === 0 }}>
          {passages().length > 0
            ? t().upload.passages(formatCount(passages().length))
            : t().upload.noPassages}
        </span>
        <span>
          {props.row.groundTruth === null ? t().upload.noReference : t().upload.hasReference}
        </span>
      </p>
      <p class="mt-1 line-clamp-2 font-medium break-words">
        {props.row.question || t().upload.empty}
      </p>
      <p class="mt-0.5 line-clamp-2 break-words text-soft">
        {props.row.answer || t().upload.empty}
      </p>
      <Show when={passages()[0]}>
        {(first) => (
          <p class="mt-1.5 line-clamp-1 border-l-2 border-accent-fill pl-2 break-words text-faint">
            {first()}
          </p>
        )}
      </Show>
      <Show when={props.row.refusal}>
        {(refusal) => (
          <p class="mt-2 flex gap-2 break-words text-bad">
            <Icon name="cross" class="mt-0.5" />
            <span class="min-w-0">{ROW_SPEAKER.say(refusal().detail, language())}</span>
          </p>
        )}
      </Show>
      <For each={props.row.warnings}>
        {(warning) => (
          <p class="mt-2 flex gap-2 break-words text-warn">
            <Icon name="warning" class="mt-0.5" />
            <span class="min-w-0">{ROW_SPEAKER.say(warning, language())}</span>
          </p>
        )}
      </For>
    </li>
  );
}
