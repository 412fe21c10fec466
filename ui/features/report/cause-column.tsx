import { useQuery } from "@tanstack/solid-query";
import { createSignal, createUniqueId, For, lazy, Show, Suspense } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t } from "../../i18n/translate.ts";
import { Badge, type Look } from "../../kit/badge.tsx";
import { formatCount, formatScore } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { htmlLanguage } from "../../kit/preferences.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { Whisker } from "../../kit/whisker.tsx";
import { artifactQuery } from "./report-queries.ts";

type Advice = Report["advice"][number];

const LOOKS: Record<Advice["severity"], Look> = {
  severe: ["cross", "bad"],
  warning: ["warning", "warn"],
  improve: ["right", "info"],
};

/** What to change, most worthwhile first, in the language the report was written in. The first says at once how. */
export function AdviceCards(props: { report: Report; hrefOfCause: (cause: string) => string }) {
  return (
    <Show
      when={props.report.advice.length > 0}
      fallback={<p class="card mt-3 p-5 text-soft">{t().report.adviceNone}</p>}
    >
      <ol class="mt-3 grid grid-cols-1 gap-3">
        <For each={props.report.advice}>
          {(advice, at) => (
            <AdviceCard
              advice={advice}
              report={props.report}
              isFirst={at() === 0}
              hrefOfCause={props.hrefOfCause}
            />
          )}
        </For>
      </ol>
    </Show>
  );
}

function AdviceCard(props: {
  advice: Advice;
  report: Report;
  isFirst: boolean;
  hrefOfCause: (cause: string) => string;
}) {
  const id = createUniqueId();
  const [isOpen, setIsOpen] = createSignal(props.isFirst);
  /** Samples with this main cause; a run of one sample has nothing to choose from. */
  const affected = () =>
    props.report.run.total_samples > 1 ? (props.report.diagnosis[props.advice.cause] ?? 0) : 0;
  return (
    <li class="card p-4 sm:p-5" lang={htmlLanguage(props.report.language)}>
      <div class="grid items-start gap-x-6 gap-y-3 md:grid-cols-[minmax(0,1fr)_13rem]">
        <div class="min-w-0">
          <div class="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <Badge look={LOOKS[props.advice.severity]}>
              {t().report.severity[props.advice.severity]}
            </Badge>
            <h3 class="font-semibold break-words">{props.advice.title}</h3>
          </div>
          <p class="mt-2 max-w-[75ch] break-words text-soft">{props.advice.finding}</p>
        </div>
        <AdviceGain advice={props.advice} />
      </div>
      <div id={`how-${id}`} class={isOpen() ? "" : "hidden print:block"}>
        <ul class="mt-3 grid max-w-[75ch] list-disc gap-1 pl-5 marker:text-accent-fill">
          <For each={props.advice.actions}>{(action) => <li class="break-words">{action}</li>}</For>
        </ul>
        <Show when={props.advice.engineer}>
          {(engineer) => (
            <figure class="mt-4 max-w-[75ch] rounded-field border-l-2 border-info bg-info-wash px-4 py-3">
              <figcaption class="text-xs text-info">{t().report.modelWords}</figcaption>
              <blockquote class="mt-1 text-sm break-words whitespace-pre-line">
                {engineer()}
              </blockquote>
            </figure>
          )}
        </Show>
      </div>
      <div class="mt-3 flex flex-wrap items-center gap-2 print:hidden">
        <button
          type="button"
          class="button"
          aria-expanded={isOpen()}
          aria-controls={`how-${id}`}
          onClick={() => setIsOpen((open) => !open)}
        >
          <Icon name={isOpen() ? "dash" : "down"} />
          {isOpen() ? t().advise.less : t().advise.more}
        </button>
        <Show when={affected() > 0}>
          <a class="button" href={props.hrefOfCause(props.advice.cause)} noScroll>
            {t().advise.show(formatCount(affected()))}
          </a>
        </Show>
      </div>
    </li>
  );
}

/** How far a metric could rise at most: the bar is the whole scale, the whisker the interval. Words say the same. */
function AdviceGain(props: { advice: Report["advice"][number] }) {
  const words = useMetricWords();
  const gain = () => props.advice.gain;
  const percent = (share: number) => `${100 * Math.min(1, Math.max(0, share))}%`;
  return (
    <Show when={gain().bound > 0}>
      <div>
        <p class="text-sm text-accent">
          {t().report.gain(words.title(props.advice.metric), formatScore(gain().bound))}
        </p>
        <svg class="mt-1.5 h-3 w-full" aria-hidden="true">
          <rect y="3" width="100%" height="6" rx="3" class="fill-raised" />
          <rect y="3" width={percent(gain().bound)} height="6" rx="3" class="fill-accent-fill" />
          <Whisker
            interval={gain().interval}
            at={percent}
            y={6}
            reach={4}
            class="stroke-ink"
            width={1.5}
          />
        </svg>
        <Show when={gain().interval}>
          {(interval) => (
            <p class="text-xs text-faint">
              {t().report.gainInterval(formatScore(interval()[0]), formatScore(interval()[1]))}
            </p>
          )}
        </Show>
      </div>
    </Show>
  );
}

const MarkdownDocument = lazy(() => import("./markdown-document.tsx"));

/** The advice as it is stored, read here. Neither the text nor the Markdown reader is loaded before it is asked for. */
export function AdviceDocument(props: { runId: string }) {
  const [isOpen, setIsOpen] = createSignal(false);
  return (
    <div class="mt-4 print:hidden">
      <button
        type="button"
        class="button"
        aria-expanded={isOpen()}
        aria-controls="advice-document"
        onClick={() => setIsOpen((open) => !open)}
      >
        {isOpen() ? t().report.documentHide : t().report.documentShow}
      </button>
      <div id="advice-document">
        <Show when={isOpen()}>
          <Document runId={props.runId} />
        </Show>
      </div>
    </div>
  );
}

function Document(props: { runId: string }) {
  const query = useQuery(() => artifactQuery(props.runId, "optimization_advice.md"));
  const skeleton = () => <div class="skeleton mt-4 h-64" />;
  return (
    <QueryView query={query} skeleton={skeleton()} errorClass="mt-4">
      {(text) => (
        <Suspense fallback={skeleton()}>
          <MarkdownDocument text={text()} />
        </Suspense>
      )}
    </QueryView>
  );
}
