import { createEffect, createMemo, For, on, Show } from "solid-js";
import { createStore } from "solid-js/store";
import type { Project } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { SCORE_FIELD } from "../../kit/fields.tsx";
import { Icon } from "../../kit/icon.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Select } from "../../kit/select.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { Section, SettingsForm } from "./parts.tsx";
import { changeProject } from "./settings-api.ts";

type Lines = Project["thresholds"][string];

const USUAL: Lines = [0.5, 0.7, 0.85];
const LEVELS = ["severe", "warning", "improve"] as const;

/** Where the project's new reports begin to call a metric bad. */
export function ThresholdSection(props: { project: Project }) {
  const words = useMetricWords();
  const [rows, setRows] = createStore<{ metric: string; lines: Lines }[]>([]);
  // By their text: the same lines read again must not undo what is being typed.
  const savedText = createMemo(() => JSON.stringify(props.project.thresholds));
  createEffect(
    on(savedText, () =>
      setRows(
        Object.entries(props.project.thresholds).map(([metric, [severe, warning, improve]]) => ({
          metric,
          lines: [severe, warning, improve],
        })),
      ),
    ),
  );
  const saving = useSaving(
    (thresholds: Project["thresholds"]) => changeProject(props.project.project, { thresholds }),
    { alters: ["projects"], done: () => t().settings.saved },
  );
  const free = createMemo(() => {
    const taken = new Set(rows.map(({ metric }) => metric));
    return words.names().filter((name) => !taken.has(name));
  });
  const isRising = () => rows.every(({ lines: [a, b, c] }) => a <= b && b <= c);
  const isChanged = () =>
    JSON.stringify(rows.map(({ metric, lines }) => [metric, [...lines]])) !==
    JSON.stringify(Object.entries(props.project.thresholds));
  function add(metric: string): void {
    setRows(rows.length, { metric, lines: [...USUAL] });
  }
  return (
    <Section id="thresholds" title={t().settings.thresholds} text={t().settings.thresholdsText}>
      <SettingsForm
        submit={t().settings.save}
        saving={saving}
        isReady={isRising() && isChanged()}
        onSubmit={() =>
          saving.mutate(Object.fromEntries(rows.map(({ metric, lines }) => [metric, [...lines]])))
        }
      >
        <For each={rows}>
          {(row, at) => (
            <fieldset class="grid grid-cols-3 items-end gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,1fr)_8rem_8rem_8rem_auto]">
              <legend class="contents">
                <span class="self-center font-medium break-words max-sm:col-span-3">
                  {words.title(row.metric)}
                </span>
              </legend>
              <For each={LEVELS}>
                {(level, place) => (
                  <label class="text-xs text-soft">
                    {t().settings[level]}
                    <input
                      class="field mt-1"
                      {...SCORE_FIELD}
                      aria-label={`${words.title(row.metric)}: ${t().settings[level]}`}
                      value={row.lines[place()]}
                      onInput={(event) =>
                        setRows(at(), "lines", place(), event.currentTarget.valueAsNumber || 0)
                      }
                    />
                  </label>
                )}
              </For>
              <button
                type="button"
                class="button button-quiet px-2.5 max-sm:col-span-3 max-sm:justify-self-start"
                aria-label={`${t().settings.remove}: ${words.title(row.metric)}`}
                title={t().settings.remove}
                onClick={() => setRows((before) => before.filter((_, index) => index !== at()))}
              >
                <Icon name="cross" />
              </button>
            </fieldset>
          )}
        </For>
        <Show when={!isRising()}>
          <p role="alert" class="text-sm text-bad">
            {t().settings.mustRise}
          </p>
        </Show>
        <Select
          class="field max-w-full justify-self-start sm:w-auto"
          aria-label={t().settings.addMetric}
          chosen=""
          options={[
            ["", t().settings.addMetric],
            ...free().map((name) => [name, words.title(name)] as const),
          ]}
          onChoose={(name) => name !== "" && add(name)}
        />
      </SettingsForm>
    </Section>
  );
}
