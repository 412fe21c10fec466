import { createSignal, Match, Show, Switch } from "solid-js";
import type { JudgeMeasure } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { formatPercent } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { recall, remember } from "../../kit/storage.ts";
import { useSaving } from "../../kit/use-saving.ts";
import { RefusalLine } from "./parts.tsx";
import { measureJudge } from "./settings-api.ts";

const DISMISSED_KEY = "touchstone.measure-offer";

/** After a deployment: the platform's own model is there, and one click finds out whether it may judge. */
export default function MeasureOffer(props: { model: string }) {
  const [isOpen, setIsOpen] = createSignal(recall(DISMISSED_KEY) !== props.model);
  const [share, setShare] = createSignal(0);
  const measuring = useSaving(() => measureJudge(null, "decision", setShare), {
    alters: ["judges", "health", "jobs"],
  });
  const words = () => t().settings.measureOffer;
  function close(): void {
    remember(DISMISSED_KEY, props.model);
    setIsOpen(false);
  }
  return (
    <Show when={isOpen()}>
      <section
        aria-labelledby="measure-offer"
        class="mb-4 rounded-field border border-line-strong bg-surface p-3 text-sm print:hidden"
      >
        <div class="flex items-start gap-2">
          <h2 id="measure-offer" class="min-w-0 flex-1 font-semibold break-words">
            {words().title(props.model)}
          </h2>
          <button type="button" class="button button-slim" title={words().close} onClick={close}>
            <Icon name="cross" />
            <span class="sr-only">{words().close}</span>
          </button>
        </div>
        <div role="status" class="mt-1 text-soft">
          <Switch fallback={<p>{words().text}</p>}>
            <Match when={measuring.isPending}>
              <p>{t().settings.judgeCards.measuring(formatPercent(share()))}</p>
            </Match>
            <Match when={measuring.data}>{(measured) => <p>{outcomeOf(measured())}</p>}</Match>
          </Switch>
        </div>
        <Show when={!measuring.data}>
          <button
            type="button"
            class="button button-primary mt-2"
            disabled={measuring.isPending}
            onClick={() => measuring.mutate(undefined)}
          >
            {t().settings.judgeCards.measure}
          </button>
        </Show>
        <RefusalLine error={measuring.error} />
      </section>
    </Show>
  );

  function outcomeOf({ accuracy, above_offline, above_interval }: JudgeMeasure): string {
    const [low, high] = above_interval ?? [0, 0];
    const facts = [accuracy ?? 0, above_offline ?? 0, low, high].map(formatPercent);
    const [right = "", above = "", from = "", to = ""] = facts;
    return low > 0
      ? words().isBetter(right, above, from, to)
      : words().isNotBetter(right, above, from, to);
  }
}
