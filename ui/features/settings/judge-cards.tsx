import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import type { JudgeCard } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatMoney, formatPercent } from "../../kit/format.ts";
import { useSaving } from "../../kit/use-saving.ts";
import { RefusalLine } from "./parts.tsx";
import { measureJudge, type ProjectChoice } from "./settings-api.ts";
import { judgesQuery } from "./settings-queries.ts";

/** What may judge here, side by side: without a key, by a chat model, by words alone. */
export function JudgeCards(props: { project: ProjectChoice }) {
  const judges = useQuery(() => judgesQuery(props.project));
  return (
    <ul class="mt-4 grid gap-3 lg:grid-cols-3">
      <For each={judges.data ?? []}>
        {(judge) => <Card judge={judge} project={props.project} />}
      </For>
    </ul>
  );
}

function Card(props: { judge: JudgeCard; project: ProjectChoice }) {
  const [share, setShare] = createSignal(0);
  const measuring = useSaving(
    () => {
      setShare(0);
      return measureJudge(props.project, props.judge.kind, setShare);
    },
    { alters: ["judges", "health"] },
  );
  const words = () => t().settings.judgeCards;
  const range = (interval: readonly [number, number] | null) =>
    interval && words().range(formatPercent(interval[0]), formatPercent(interval[1]));
  return (
    <li class="flex min-w-0 flex-col rounded-field border border-line p-4">
      <h3 class="font-semibold">
        {words().names[props.judge.kind]}
        <Show when={props.judge.is_used}>
          <span class="ml-2 rounded-full bg-good-wash px-2 py-0.5 text-xs text-good">
            {words().used}
          </span>
        </Show>
      </h3>
      <p class="mt-1 text-sm break-words text-soft">{props.judge.model ?? words().noModel}</p>
      <Show when={props.judge.ends}>
        {(ends) => <p class="mt-2 text-sm break-words text-bad">{ends()}</p>}
      </Show>
      <ul class="mt-3 grid gap-1 text-sm">
        <li>
          <Show
            when={props.judge.usd_per_thousand !== null}
            fallback={<span class="text-faint">{words().noPrice}</span>}
          >
            {words().price(formatMoney(props.judge.usd_per_thousand ?? 0), props.judge.prices_of)}
          </Show>
        </li>
        <li>
          <Switch fallback={<span class="text-warn">{words().neverMeasured}</span>}>
            <Match when={props.judge.measured}>
              {(measured) => (
                <>
                  {words().right(
                    formatPercent(measured().accuracy ?? 0),
                    formatCount(measured().claims),
                    measured().day,
                  )}
                  <span class="block text-faint">{range(measured().interval)}</span>
                </>
              )}
            </Match>
          </Switch>
        </li>
        <Show when={props.judge.controls}>
          {(controls) => (
            <li>
              <Show when={controls().asked > 0}>
                {words().controls(formatCount(controls().held), formatCount(controls().asked))}
              </Show>
              <Show when={controls().twice > 0}>
                <span class="block">
                  {words().flips(formatPercent(controls().flipped / controls().twice))}{" "}
                  <span class="text-faint">{range(controls().flip_interval)}</span>
                </span>
              </Show>
            </li>
          )}
        </Show>
      </ul>
      <div class="mt-auto pt-3">
        <Show
          when={props.judge.is_offered}
          fallback={<p class="text-sm text-soft">{words().setUp[props.judge.kind]}</p>}
        >
          <button
            type="button"
            class="button"
            disabled={measuring.isPending}
            onClick={() => measuring.mutate(undefined)}
          >
            {measuring.isPending ? words().measuring(formatPercent(share())) : words().measure}
          </button>
        </Show>
        <RefusalLine error={measuring.error} />
      </div>
    </li>
  );
}
