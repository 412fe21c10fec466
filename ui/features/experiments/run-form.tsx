import { useNavigate } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import type { ExperimentEstimate } from "../../../src/contract/experiment.ts";
import { t } from "../../i18n/translate.ts";
import { dataOf } from "../../kit/data-of.ts";
import { Labelled, TextLine } from "../../kit/fields.tsx";
import { formatCount, formatDuration, formatMoney } from "../../kit/format.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { runName } from "../../kit/run-name.tsx";
import { recentRunsQuery, runLine } from "../../kit/runs-api.ts";
import { Select } from "../../kit/select.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { RefusalLine, Section } from "../settings/parts.tsx";
import {
  createSchedule,
  estimateQuery,
  startExperiment,
  targetsQuery,
  type Wish,
} from "./experiments-api.ts";

const REPEATS = ["1", "2", "3", "5"] as const;

/** What is asked of whom, what it takes, and the button. */
export function RunForm(props: { setId: string; setName: string; items: number }) {
  const words = () => t().experiments;
  const navigate = useNavigate();
  const targets = useQuery(targetsQuery);
  const [chosen, setChosen] = createStore<Record<string, boolean>>({});
  const [repeat, setRepeat] = createSignal<(typeof REPEATS)[number]>("1");
  const [rules, setRules] = createSignal("");
  const [change, setChange] = createSignal("");
  const [baseId, setBaseId] = createSignal("");
  const runs = useQuery(recentRunsQuery);
  const bases = (): [string, string][] => [
    ["", words().lastRun],
    ...(dataOf(runs)?.runs ?? []).map((run): [string, string] => [
      run.run_id,
      runLine(runName(run), run),
    ]),
  ];
  const ids = () => {
    const all = (targets.data ?? []).map(({ target_id }) => target_id);
    // The only one is the one that is meant.
    return all.length === 1 ? all : all.filter((id) => chosen[id]);
  };
  const wish = (): Wish => ({
    name: change().trim() || null,
    test_set_id: props.setId,
    targets: ids().map((target_id) => ({ target_id })),
    repeat: Number(repeat()),
    base_run_id: baseId() || null,
    rules: rules()
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  });
  const plan = useQuery(() =>
    estimateQuery({ ...wish(), name: null, rules: [], base_run_id: null }, props.items > 0),
  );
  const starting = useSaving(startExperiment, {
    alters: ["experiments", "targets"],
    onDone: ({ experiment_id }) => navigate(`/experiments/${experiment_id}`),
  });
  const scheduling = useSaving(createSchedule, {
    alters: ["schedules"],
    done: () => words().scheduled,
  });
  return (
    <Section id="run" title={words().run} text={words().runText}>
      <QueryView query={targets} skeleton={<div class="skeleton mt-4 h-16" />}>
        {(known) => (
          <Show when={known().length > 0} fallback={<NoApps />}>
            <form
              class="mt-4 grid gap-4"
              onSubmit={(event) => {
                event.preventDefault();
                starting.mutate({ ...wish(), confirm_asks: plan.data?.asks });
              }}
            >
              <fieldset>
                <legend class="mb-1 text-sm font-medium">{words().chooseApps}</legend>
                <For each={known()}>
                  {({ target_id: id, name, kind, mode }) => (
                    <label class="flex items-center gap-2 py-1">
                      <input
                        type="checkbox"
                        class="size-4"
                        checked={ids().includes(id)}
                        onChange={(event) => setChosen(id, event.currentTarget.checked)}
                      />
                      {name}
                      <span class="text-sm text-soft">
                        {words().kinds[kind]} · {mode}
                      </span>
                    </label>
                  )}
                </For>
              </fieldset>
              <TextLine
                {...{ id: "change", label: words().change, maxlength: 200, autocomplete: "off" }}
                placeholder={words().changeExample}
                value={change()}
                onText={setChange}
              />
              <div class="grid grid-cols-1 gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
                <Labelled for="repeat" label={words().repeat}>
                  <Select
                    id="repeat"
                    chosen={repeat()}
                    options={REPEATS.map((n) => [n, `${n}×`])}
                    onChoose={setRepeat}
                  />
                </Labelled>
                <Labelled
                  for="base"
                  label={words().compareWith}
                  help={words().compareWithText}
                  class="min-w-0"
                >
                  <Select
                    id="base"
                    class="field truncate"
                    aria-describedby="base-help"
                    chosen={baseId()}
                    options={bases()}
                    onChoose={setBaseId}
                  />
                </Labelled>
              </div>
              <Labelled for="rules" label={words().rules} help={words().rulesHelp}>
                <textarea
                  id="rules"
                  class="field font-mono text-sm"
                  rows="2"
                  aria-describedby="rules-help"
                  value={rules()}
                  onInput={(event) => setRules(event.currentTarget.value)}
                />
              </Labelled>
              <Show when={ids().length > 0 && plan.data}>
                {(estimate) => <Estimate estimate={estimate()} />}
              </Show>
              <RefusalLine error={plan.error ?? starting.error ?? scheduling.error} />
              <div class="flex flex-wrap gap-2">
                <button
                  type="submit"
                  class="button button-primary"
                  disabled={
                    ids().length === 0 ||
                    props.items === 0 ||
                    plan.data === undefined ||
                    starting.isPending
                  }
                >
                  {plan.data?.needs_confirmation
                    ? words().startMany(formatCount(plan.data.asks))
                    : words().start}
                </button>
                <button
                  type="button"
                  class="button"
                  disabled={ids().length === 0 || props.items === 0 || scheduling.isPending}
                  onClick={() =>
                    scheduling.mutate({
                      name: props.setName,
                      experiment: wish(),
                      every_hours: 24,
                      next_at: tonight(),
                    })
                  }
                >
                  {words().schedule}
                </button>
              </div>
            </form>
          </Show>
        )}
      </QueryView>
    </Section>
  );
}

function NoApps() {
  return (
    <p class="mt-4">
      {t().experiments.noApps}{" "}
      <a class="link" href="/test-sets#apps">
        {t().experiments.connect}
      </a>
    </p>
  );
}

/** Two in the morning where the reader is. */
function tonight(): string {
  const at = new Date();
  at.setHours(26, 0, 0, 0);
  return at.toISOString();
}

function Estimate(props: { estimate: ExperimentEstimate }) {
  const words = () => t().experiments;
  const parts = () => {
    const { asks, seconds, price, currency } = props.estimate;
    return [
      words().asks(formatCount(asks)),
      seconds === null ? words().unknownCost : words().time(formatDuration(seconds * 1000)),
      ...(price === null ? [] : [words().cost(`${formatMoney(price)} ${currency ?? ""}`)]),
    ];
  };
  return (
    <div class="rounded-field bg-raised p-3 text-sm" aria-live="polite">
      <p>{parts().join(" · ")}</p>
      <Show when={props.estimate.cannot_ask.length > 0}>
        <details class="mt-1">
          <summary class="cursor-pointer text-warn">
            {words().cannotAsk(formatCount(props.estimate.cannot_ask.length))}
          </summary>
          <ul class="mt-1 space-y-1">
            <For each={props.estimate.cannot_ask.slice(0, 50)}>
              {({ item_id, why }) => (
                <li>
                  <code>{item_id}</code>: {why}
                </li>
              )}
            </For>
          </ul>
        </details>
      </Show>
    </div>
  );
}
