import { createSignal, For } from "solid-js";
import { type GateRule, readRule } from "../../../src/scoring/gate-rules.ts";
import { t } from "../../i18n/translate.ts";
import { formatScore } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Select } from "../../kit/select.tsx";

/** Which metrics have a column, and the rules the gate column judges by. Both are kept. */
export default function ViewPanel(props: {
  id: string;
  known: readonly string[];
  columns: readonly string[];
  rules: readonly GateRule[];
  onColumns: (columns: readonly string[] | null) => void;
  onRules: (rules: readonly GateRule[]) => void;
}) {
  const words = useMetricWords();
  function toggle(metric: string): void {
    const isShown = props.columns.includes(metric);
    const next = isShown
      ? props.columns.filter((one) => one !== metric)
      : props.known.filter((one) => one === metric || props.columns.includes(one));
    if (next.length > 0) props.onColumns(next);
  }
  return (
    <div id={props.id} class="card mt-3 grid gap-6 p-4 lg:grid-cols-2">
      <fieldset class="min-w-0">
        <legend class="font-medium">{t().runs.view.columns}</legend>
        <div class="mt-2 flex flex-wrap gap-x-5 gap-y-2">
          <For each={props.known}>
            {(metric) => (
              <label class="inline-flex items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  class="size-4 accent-accent-fill"
                  checked={props.columns.includes(metric)}
                  disabled={props.columns.length === 1 && props.columns.includes(metric)}
                  onChange={() => toggle(metric)}
                />
                {words.title(metric)}
              </label>
            )}
          </For>
        </div>
        <button
          type="button"
          class="button button-quiet mt-2 -ml-3.5"
          onClick={() => props.onColumns(null)}
        >
          {t().runs.view.usual}
        </button>
      </fieldset>
      <GateRules {...props} />
    </div>
  );
}

function GateRules(props: {
  known: readonly string[];
  rules: readonly GateRule[];
  onRules: (rules: readonly GateRule[]) => void;
}) {
  const words = useMetricWords();
  const [metric, setMetric] = createSignal(props.known[0] ?? "");
  const [limit, setLimit] = createSignal("0.8");
  const operator = () => (words.info(metric())?.direction === "lower" ? "<=" : ">=");
  const rule = () => readRule(metric(), `${operator()} ${limit()}`, "higher");
  function add(event: SubmitEvent): void {
    event.preventDefault();
    const added = rule();
    if (!added) return;
    props.onRules([...props.rules.filter((one) => one.metric !== added.metric), added]);
  }
  return (
    <section class="min-w-0" aria-label={t().runs.gate.rules}>
      <h2 class="font-medium">{t().runs.gate.rules}</h2>
      <p class="mt-1 text-sm text-soft">{t().runs.gate.rulesText}</p>
      <ul class="mt-2 flex flex-wrap gap-2">
        <For each={props.rules}>
          {(one) => {
            const text = () =>
              `${words.title(one.metric)} ${one.operator} ${formatScore(one.limit)}`;
            return (
              <li class="inline-flex items-center gap-1 rounded-full bg-raised py-0.5 pr-1 pl-3 text-sm">
                {text()}
                <button
                  type="button"
                  class="rounded-full p-1.5 hover:bg-surface"
                  aria-label={t().runs.gate.remove(text())}
                  onClick={() => props.onRules(props.rules.filter((other) => other !== one))}
                >
                  <Icon name="cross" class="size-3" />
                </button>
              </li>
            );
          }}
        </For>
      </ul>
      <form class="mt-2 flex flex-wrap items-end gap-2" onSubmit={add}>
        <label class="grid gap-1 text-sm text-soft">
          {t().runs.gate.metric}
          <Select
            chosen={metric()}
            options={props.known.map((one) => [one, words.title(one)])}
            onChoose={setMetric}
          />
        </label>
        <label class="grid gap-1 text-sm text-soft">
          {operator() === ">=" ? t().runs.gate.atLeast : t().runs.gate.atMost}
          <input
            type="number"
            class="field w-24"
            min="0"
            max="1"
            step="0.01"
            required
            value={limit()}
            onInput={(event) => setLimit(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button" disabled={rule() === null}>
          {t().runs.gate.add}
        </button>
      </form>
    </section>
  );
}
