import { useQuery } from "@tanstack/solid-query";
import { createMemo, createSignal, For, Show } from "solid-js";
import type { ComparedPair, Comparison } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { CauseBadge } from "../../kit/cause-badge.tsx";
import { formatCount, formatDifference, formatScore } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { isLetterKey } from "../../kit/letter-keys.ts";
import { listen } from "../../kit/listen.ts";
import { LoadMore } from "../../kit/load-more.tsx";
import { type MetricWords, useMetricWords } from "../../kit/metric-words.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { Select } from "../../kit/select.tsx";
import { ClaimedText } from "../evidence/claimed-text.tsx";
import { createEvidenceLink } from "../evidence/create-link.ts";
import { sampleQuery } from "../report/sample-query.ts";

const MOVES = ["worse", "better", "same"] as const;
type Move = (typeof MOVES)[number];
/** Less than this is rounding. */
const NOTHING = 0.005;
const SHOWN_AT_ONCE = 30;

/** How far a pair moved, by one metric or ("") by all; more is better. */
function changeOf(pair: ComparedPair, metric: string, words: MetricWords): number | null {
  if (metric === "") return pair.change;
  const [was, is] = [pair.base.scores[metric] ?? null, pair.other.scores[metric] ?? null];
  if (was === null || is === null) return null;
  return words.goodness(metric, is) - words.goodness(metric, was);
}

function moveOf(change: number | null): Move | null {
  if (change === null) return null;
  if (Math.abs(change) < NOTHING) return "same";
  return change < 0 ? "worse" : "better";
}

/** Question for question both answers, what became worse first; one opens to both texts with their claims. */
export function ComparedPairs(props: {
  comparison: Comparison;
  metric: string;
  onMetric: (metric: string) => void;
}) {
  const words = useMetricWords();
  const [move, setMove] = createSignal<Move | null>(null);
  const [limit, setLimit] = createSignal(SHOWN_AT_ONCE);
  const [open, setOpen] = createSignal<number | null>(null);
  const measured = createMemo(() =>
    props.comparison.pairs
      .map((pair) => ({ pair, change: changeOf(pair, props.metric, words) }))
      .filter(({ change }) => change !== null || props.metric === "")
      .sort((a, b) => (a.change ?? 2) - (b.change ?? 2)),
  );
  const counts = createMemo(() => {
    const found = { worse: 0, better: 0, same: 0 };
    for (const { change } of measured()) {
      const moved = moveOf(change);
      if (moved) found[moved] += 1;
    }
    return found;
  });
  const shown = createMemo(() => {
    const wanted = move();
    return wanted === null
      ? measured()
      : measured().filter(({ change }) => moveOf(change) === wanted);
  });
  let list: HTMLUListElement | undefined;
  function go(to: number): void {
    if (to < 0 || to >= shown().length) return;
    setLimit((now) => Math.max(now, to + 1));
    setOpen(to);
    queueMicrotask(() => list?.children[to]?.scrollIntoView({ block: "nearest" }));
  }
  listen(window, "keydown", (event) => {
    if (!isLetterKey(event)) return;
    if (event.key === "j") go((open() ?? -1) + 1);
    if (event.key === "k") go((open() ?? 1) - 1);
  });
  function choose(next: Move | null): void {
    setMove(next);
    setOpen(null);
  }
  return (
    <section aria-labelledby="pairs" class="card min-w-0">
      <div class="flex flex-wrap items-center gap-2 p-4">
        <h2 id="pairs" class="mr-auto text-lg font-semibold">
          {t().compare.answers}
        </h2>
        <fieldset class="flex gap-1 rounded-field border border-line p-1">
          <legend class="sr-only">{t().compare.move}</legend>
          <For each={MOVES}>
            {(one) => (
              <button
                type="button"
                aria-pressed={move() === one}
                class="min-h-7 rounded-md px-2.5 text-sm text-soft hover:text-ink aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-ink"
                onClick={() => choose(move() === one ? null : one)}
              >
                {t().compare.moves[one](formatCount(counts()[one]))}
              </button>
            )}
          </For>
        </fieldset>
        <Select
          aria-label={t().compare.by}
          class="field w-auto px-2 py-1.5 text-sm"
          chosen={props.metric}
          options={[
            ["", t().compare.byAll],
            ...Object.keys(props.comparison.metrics).map((one) => [one, words.title(one)] as const),
          ]}
          onChoose={props.onMetric}
        />
      </div>
      <ul ref={list} class="border-t border-line">
        <For
          each={shown().slice(0, limit())}
          fallback={<li class="p-4 text-soft">{t().compare.none}</li>}
        >
          {({ pair, change }, at) => (
            <li class="scroll-mt-18 border-b border-line last:border-0">
              <PairRow
                pair={pair}
                change={change}
                isOpen={open() === at()}
                onOpen={() => setOpen(open() === at() ? null : at())}
              />
              <Show when={open() === at()}>
                <PairTexts
                  pair={pair}
                  runs={[props.comparison.base.run_id, props.comparison.other.run_id]}
                  place={t().compare.place(formatCount(at() + 1), formatCount(shown().length))}
                  onStep={(by) => go(at() + by)}
                />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <LoadMore
        hasMore={shown().length > limit()}
        onMore={() => setLimit((now) => now + SHOWN_AT_ONCE)}
      />
    </section>
  );
}

const INK: Record<Move, string> = { worse: "text-bad", better: "text-good", same: "text-faint" };

function PairRow(props: {
  pair: ComparedPair;
  change: number | null;
  isOpen: boolean;
  onOpen: () => void;
}) {
  const move = () => moveOf(props.change);
  return (
    <button
      type="button"
      class="grid w-full grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 px-4 py-2.5 text-left hover:bg-raised/60"
      aria-expanded={props.isOpen}
      onClick={() => props.onOpen()}
    >
      <span class={`text-sm font-semibold ${INK[move() ?? "same"]}`}>
        {props.change === null ? "–" : formatDifference(props.change)}
        <span class="sr-only">
          {move() === null ? "" : t().compare.verdictOf[move() ?? "same"]}
        </span>
      </span>
      <span class="min-w-0">
        <span class="block truncate text-sm font-medium">{props.pair.question}</span>
        <Show when={!props.isOpen}>
          <span class="mt-1 grid gap-x-6 gap-y-1 text-xs text-soft md:grid-cols-2">
            <AnswerLine role={t().compare.base} answer={props.pair.base} />
            <AnswerLine role={t().compare.other} answer={props.pair.other} />
          </span>
        </Show>
      </span>
    </button>
  );
}

function AnswerLine(props: { role: string; answer: ComparedPair["base"] }) {
  return (
    <span class="flex min-w-0 items-center gap-2">
      <span class="sr-only">{props.role}</span>
      <b class="shrink-0 font-medium text-ink">
        {props.answer.weighted_score === null ? "–" : formatScore(props.answer.weighted_score)}
      </b>
      <span class="min-w-0 flex-1 truncate">{props.answer.answer}</span>
      <CauseBadge cause={props.answer.cause} />
    </span>
  );
}

/** Both answers in full, their claims marked as they were judged. */
function PairTexts(props: {
  pair: ComparedPair;
  runs: readonly [string, string];
  place: string;
  onStep: (by: 1 | -1) => void;
}) {
  return (
    <div class="bg-raised/40 px-4 pb-4">
      <div class="flex items-center gap-2 py-2 text-xs text-faint">
        <span class="mr-auto">{props.place}</span>
        <button type="button" class="button min-h-8 px-2.5 py-1" onClick={() => props.onStep(-1)}>
          <Icon name="left" />
          {t().compare.previous}
        </button>
        <button type="button" class="button min-h-8 px-2.5 py-1" onClick={() => props.onStep(1)}>
          {t().compare.next}
          <Icon name="right" />
        </button>
      </div>
      <div class="grid gap-4 md:grid-cols-2">
        <WholeAnswer role={t().compare.base} runId={props.runs[0]} answer={props.pair.base} />
        <WholeAnswer role={t().compare.other} runId={props.runs[1]} answer={props.pair.other} />
      </div>
    </div>
  );
}

function WholeAnswer(props: { role: string; runId: string; answer: ComparedPair["base"] }) {
  const words = useMetricWords();
  const query = useQuery(() => sampleQuery(props.runId, props.answer.sample_id));
  const link = createEvidenceLink();
  const scores = () =>
    Object.entries(props.answer.scores).flatMap(([metric, value]) =>
      value === null ? [] : [{ metric, value }],
    );
  return (
    <article class="card min-w-0 p-4" aria-label={props.role}>
      <p class="flex flex-wrap items-center gap-2 text-xs text-faint">
        {props.role}
        <CauseBadge cause={props.answer.cause} />
        <a
          class="link ml-auto"
          href={`/runs/${props.runId}?${new URLSearchParams({ sample: props.answer.sample_id })}`}
        >
          {t().compare.evidence}
        </a>
      </p>
      <QueryView
        query={query}
        skeleton={<p class="py-2 text-sm leading-8">{props.answer.answer}</p>}
      >
        {(detail) => (
          <Show
            when={detail().evidence}
            fallback={<p class="py-2 text-sm leading-8">{props.answer.answer}</p>}
          >
            {(evidence) => (
              <div class="py-2 text-sm">
                <ClaimedText
                  text={evidence().answer}
                  claims={evidence().claims.filter(({ of }) => of === "answer")}
                  link={link}
                />
              </div>
            )}
          </Show>
        )}
      </QueryView>
      <p class="flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
        <For each={scores()}>
          {({ metric, value }) => (
            <span>
              {words.title(metric)} <b class="font-medium text-ink">{formatScore(value)}</b>
            </span>
          )}
        </For>
      </p>
    </article>
  );
}
