import { createEffect, createMemo, createSignal, on, onCleanup, Show } from "solid-js";
import { formatOf } from "../../../src/intake/formats/all-formats.ts";
import type { RowFormat } from "../../../src/intake/formats/format.ts";
import { assign, type Mapping, mapColumns } from "../../../src/intake/formats/map-columns.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { ChoiceFields } from "../submission/choice-fields.tsx";
import { checkChoices, createChoices } from "../submission/choices.ts";
import { type Input, MetricPicker } from "../submission/metric-picker.tsx";
import { type CheckedTable, checkTable } from "./check-rows.ts";
import { CheckSummary } from "./check-summary.tsx";
import { ColumnMap } from "./column-map.tsx";
import { FormatChoice } from "./format-choice.tsx";
import { doubtsOf, formatOfTable, openTable } from "./format-of-table.ts";
import { RowPreview } from "./row-preview.tsx";
import { SendUpload } from "./send-upload.tsx";
import type { Table } from "./table.ts";

const REQUIRED = ["question", "answer"] as const;

/** A file that was read: what its columns are, what will come of it, how it is to be scored. */
export function PreparedUpload(props: { table: Table; onOther: () => void }) {
  const recognised = formatOfTable(props.table);
  const [chosen, setChosen] = createSignal<RowFormat>(recognised);
  const format = createMemo(() => formatOf(chosen()));
  const table = createMemo(() => openTable(props.table, chosen()));
  const [mapping, setMapping] = createSignal<Mapping>(mapColumns(table().columns, format()));
  const [isTouched, setIsTouched] = createSignal(false);
  const doubts = createMemo(() => (isTouched() ? [] : doubtsOf(props.table)));
  function choose(id: RowFormat): void {
    setIsTouched(true);
    setChosen(id);
    setMapping(mapColumns(table().columns, format()));
  }
  const [choices, setChoices] = createChoices(
    props.table.fileName.replace(/\.[a-z0-9]{1,6}$/i, "").slice(0, 200),
  );
  const [checked, setChecked] = createSignal<CheckedTable | null>(null);
  const missing = createMemo(() => {
    const there = new Set(mapping().values());
    return REQUIRED.filter((field) => !there.has(field)).map((field) => t().upload.targets[field]);
  });
  const inputs = createMemo(() => inputsOf(mapping()));
  const problems = () => checkChoices(choices);

  createEffect(
    on(mapping, (now) => {
      const stop = new AbortController();
      onCleanup(() => stop.abort());
      checkTable(table(), now, format(), stop.signal, setChecked).catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      });
    }),
  );
  const good = () => (checked()?.checked ?? 0) - (checked()?.refused.length ?? 0);

  return (
    <div class="mt-6 grid grid-cols-1 gap-6">
      <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p class="min-w-0">
          <b class="font-semibold break-all">{props.table.fileName}</b>{" "}
          <span class="text-soft">
            {t().upload.found(
              formatCount(props.table.rows.length + props.table.unread.length),
              formatCount(props.table.columns.length),
            )}
            <Show when={props.table.charset}>
              {(charset) => ` · ${t().upload.readAs(charset().toUpperCase())}`}
            </Show>
          </span>
        </p>
        <button type="button" class="button" onClick={() => props.onOther()}>
          {t().upload.other}
        </button>
      </div>
      <div class="grid items-start gap-6 xl:grid-cols-2">
        <div class="grid grid-cols-1 gap-6">
          <FormatChoice
            recognised={recognised}
            chosen={chosen()}
            doubts={doubts()}
            onChoose={choose}
          />
          <ColumnMap
            table={table()}
            mapping={mapping()}
            onAssign={(column, target) => {
              setIsTouched(true);
              setMapping((before) => assign(before, column, target));
            }}
          />
          <RowPreview table={table()} mapping={mapping()} format={format()} />
        </div>
        <div class="grid grid-cols-1 gap-6">
          <Show when={checked()}>
            {(so) => <CheckSummary table={props.table} checked={so()} />}
          </Show>
          <div class="card p-5 sm:p-6">
            <ChoiceFields
              choices={choices}
              tagsProblem={problems().tags}
              onChange={(change) => setChoices(change)}
            />
          </div>
          <div class="card p-5 sm:p-6">
            <MetricPicker
              inputs={inputs()}
              chosen={choices.metrics}
              problem={problems().metrics}
              onChosen={(metrics) => setChoices({ metrics })}
              onDefaults={() => setChoices({ metrics: null })}
            />
          </div>
        </div>
      </div>
      <SendUpload
        table={table()}
        mapping={mapping()}
        format={format()}
        choices={choices}
        count={good()}
        obstacle={
          missing().length > 0
            ? t().upload.needed(missing().join(" · "))
            : (problems().tags ?? problems().metrics ?? null)
        }
      />
    </div>
  );
}

const NEEDS = ["question", "answer", "contexts", "ground_truth", "reference_contexts"] as const;

function inputsOf(mapping: Mapping): ReadonlySet<Input> {
  const targets = new Set(mapping.values());
  const inputs = new Set<Input>(NEEDS.filter((need) => targets.has(need)));
  if (targets.has("retrieved_ids") && targets.has("reference_ids")) inputs.add("ids");
  return inputs;
}
