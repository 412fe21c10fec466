import { For } from "solid-js";
import { FORMATS, formatOf } from "../../../src/intake/formats/all-formats.ts";
import { OWN_FORMAT, type RowFormat, readRowFormat } from "../../../src/intake/formats/format.ts";
import type { SaidWarning } from "../../../src/words/said.ts";
import { ROW_SPEAKER } from "../../../src/words/say-rows.ts";
import { t } from "../../i18n/translate.ts";
import { language } from "../../kit/preferences.ts";
import { Select } from "../../kit/select.tsx";

/** Whose export the file is taken for, and what to take it for instead. */
export function FormatChoice(props: {
  recognised: RowFormat;
  chosen: RowFormat;
  doubts: readonly SaidWarning[];
  onChoose: (format: RowFormat) => void;
}) {
  const label = (id: RowFormat) => formatOf(id)?.label ?? t().upload.ownFormat;
  return (
    <section class="card p-5 sm:p-6">
      <label for="row-format" class="font-semibold">
        {t().upload.format}
      </label>
      <p id="row-format-help" class="text-sm text-faint">
        {t().upload.recognised(label(props.recognised))}
      </p>
      <Select
        id="row-format"
        aria-describedby="row-format-help"
        class="field mt-3 w-full py-1.5 text-sm sm:w-72"
        chosen={props.chosen}
        options={[
          [OWN_FORMAT, t().upload.ownFormat],
          ...FORMATS.map(({ id, label }): [string, string] => [id, label]),
        ]}
        onChoose={(id) => props.onChoose(readRowFormat(id) ?? OWN_FORMAT)}
      />
      <For each={props.doubts}>
        {(doubt) => (
          <p class="mt-3 rounded-field bg-warn-wash p-3 text-sm break-words">
            {ROW_SPEAKER.say(doubt, language())}
          </p>
        )}
      </For>
    </section>
  );
}
