import { For } from "solid-js";
import { TARGETS, type Target } from "../../../src/intake/formats/format.ts";
import type { Mapping } from "../../../src/intake/formats/map-columns.ts";
import { t } from "../../i18n/translate.ts";
import { Select } from "../../kit/select.tsx";
import type { Table } from "./table.ts";

const SHOWN_CHARACTERS = 160;

/** Each column with its first value and what it is sent as. */
export function ColumnMap(props: {
  table: Table;
  mapping: Mapping;
  onAssign: (column: string, target: Target | null) => void;
}) {
  return (
    <section class="card p-5 sm:p-6" aria-labelledby="columns-title">
      <h2 id="columns-title" class="font-semibold">
        {t().upload.columns}
      </h2>
      <p class="text-sm text-faint">{t().upload.columnsHelp}</p>
      <ul class="mt-3 divide-y divide-line border-y border-line">
        <For each={props.table.columns}>
          {(column, at) => (
            <li class="grid items-center gap-x-4 gap-y-1.5 py-2 sm:grid-cols-[minmax(0,1fr)_14rem]">
              <label for={`column-${at()}`} class="min-w-0">
                <span class="block truncate text-sm font-medium">{column}</span>
                <span class="block truncate text-xs text-faint">
                  {firstValue(props.table, column)}
                </span>
              </label>
              <Select
                id={`column-${at()}`}
                class={`field py-1.5 text-sm ${props.mapping.get(column) ? "" : "text-faint"}`}
                chosen={props.mapping.get(column) ?? ""}
                options={[
                  ["", t().upload.ignored],
                  ...TARGETS.map((target) => [target, t().upload.targets[target]] as const),
                ]}
                onChoose={(target) => props.onAssign(column, target || null)}
              />
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

function firstValue(table: Table, column: string): string {
  for (const { fields } of table.rows.slice(0, 50)) {
    const value = Object.hasOwn(fields, column) ? fields[column] : null;
    if (value === null || value === undefined || value === "") continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return text.slice(0, SHOWN_CHARACTERS);
  }
  return t().upload.empty;
}
