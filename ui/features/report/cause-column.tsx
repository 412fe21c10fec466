import { createSignal, createUniqueId, For, Show } from "solid-js";
import type { Advice, Report } from "../../../src/contract/report.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { formatCount, formatScore } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { CauseProof } from "./cause-proof.tsx";
import { samplesOf, useGainWords } from "./finding-line.tsx";

/** What to fix, the most gain for the least work first. A name shows its samples; behind it stands what to do. */
export function CauseColumn(props: {
  report: Report;
  /** The cause the samples are narrowed to; "": none. */
  chosen: string;
  hrefOfCause: (cause: string | null) => string;
}) {
  return (
    <section aria-labelledby="causes" class="min-w-0">
      <h2 id="causes" class="mb-2 flex min-h-9 items-center text-sm font-semibold">
        {t().finding.causes}
      </h2>
      <Show
        when={props.report.advice.length > 0}
        fallback={<p class="card p-4 text-sm text-soft">{t().report.adviceNone}</p>}
      >
        <ol class="card grid grid-cols-1 divide-y divide-line">
          <For each={props.report.advice}>
            {(advice, at) => (
              <CauseItem
                advice={advice}
                isFirst={at() === 0}
                report={props.report}
                isChosen={props.chosen === advice.cause}
                hrefOfCause={props.hrefOfCause}
              />
            )}
          </For>
        </ol>
      </Show>
    </section>
  );
}

function CauseItem(props: {
  advice: Advice;
  report: Report;
  /** Paper says of the first how to mend it, and of all what they are, so that these stand on one page. */
  isFirst: boolean;
  isChosen: boolean;
  hrefOfCause: (cause: string | null) => string;
}) {
  const id = createUniqueId();
  const [isOpen, setIsOpen] = createSignal(false);
  const gain = useGainWords();
  const name = () => wordFor(t().causes, props.advice.cause);
  const isMainSomewhere = () => (props.report.diagnosis[props.advice.cause] ?? 0) > 0;
  const interval = () => props.advice.gain.interval;
  return (
    <li class={props.isChosen ? "bg-accent-wash" : ""}>
      <div class="flex items-stretch">
        <Show
          when={isMainSomewhere() && props.report.run.total_samples > 1}
          fallback={<span class="min-w-0 flex-1 px-3 py-2">{summary()}</span>}
        >
          <a
            class="min-w-0 flex-1 rounded-field px-3 py-2 hover:bg-raised/60"
            href={props.hrefOfCause(props.isChosen ? null : props.advice.cause)}
            aria-current={props.isChosen ? "true" : undefined}
            title={t().finding.only(name())}
            noScroll
          >
            {summary()}
          </a>
        </Show>
        <button
          type="button"
          class="flex w-10 shrink-0 items-center justify-center rounded-field text-faint hover:bg-raised hover:text-ink print:hidden"
          aria-expanded={isOpen()}
          aria-controls={`how-${id}`}
          aria-label={t().finding.how(name())}
          onClick={() => setIsOpen((open) => !open)}
        >
          <Icon name="down" class={isOpen() ? "rotate-180" : ""} />
        </button>
      </div>
      <div id={`how-${id}`} class={`px-3 pb-3 text-sm ${isOpen() ? "" : "hidden print:block"}`}>
        <p class="break-words text-soft">{props.advice.finding}</p>
        <p class="mt-1 text-soft">
          {gain(props.advice)}
          <Show when={interval()}>
            {(known) => t().report.gainInterval(formatScore(known()[0]), formatScore(known()[1]))}
          </Show>
        </p>
        <div class={isOpen() || props.isFirst ? "" : "print:hidden"}>
          <h4 class="mt-3 font-medium">{t().finding.steps}</h4>
          <ol class="mt-1 grid list-decimal gap-1 pl-5 marker:text-faint">
            <For each={props.advice.actions}>
              {(action) => <li class="break-words">{action}</li>}
            </For>
          </ol>
          <Show when={props.advice.engineer}>
            {(engineer) => (
              <figure class="mt-3 rounded-field border-l-2 border-info bg-info-wash px-3 py-2">
                <figcaption class="text-xs text-info">{t().report.modelWords}</figcaption>
                <blockquote class="mt-1 break-words whitespace-pre-line">{engineer()}</blockquote>
              </figure>
            )}
          </Show>
          <Show when={isOpen()}>
            <CauseProof runId={props.report.run.run_id} advice={props.advice} />
          </Show>
          <h4 class="mt-3 font-medium">{t().finding.check}</h4>
          <p class="mt-1 break-words text-soft">{props.advice.check}</p>
        </div>
      </div>
    </li>
  );

  function summary() {
    return (
      <>
        <span class="flex items-baseline justify-between gap-2">
          <span class="font-medium break-words">{name()}</span>
          <span class="shrink-0 text-sm text-soft">
            {t().finding.samples(formatCount(samplesOf(props.report, props.advice)))}
          </span>
        </span>
        <span class="block text-xs text-faint">
          {[...gain(props.advice), t().finding.effort[props.advice.effort]].join(" · ")}
        </span>
      </>
    );
  }
}
