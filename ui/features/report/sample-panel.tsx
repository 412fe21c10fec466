import { useQuery } from "@tanstack/solid-query";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { unwrap } from "solid-js/store";
import { INSIGHT_LIMITS } from "../../../src/contract/limits.ts";
import type { SampleDetail } from "../../../src/contract/report.ts";
import type { Evidence } from "../../../src/scoring/evidence.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { ScoreChip } from "../../kit/score-chip.tsx";
import { createReviews, type Reviews } from "../evidence/create-reviews.ts";
import { DiagnosisLine } from "../evidence/diagnosis-line.tsx";
import { EvidenceView } from "../evidence/evidence-view.tsx";
import { findProblems } from "../evidence/problems.ts";
import { OtherOpinions, ReviewButtons } from "../evidence/review-controls.tsx";
import { AddToTestSet } from "./add-to-test-set.tsx";
import { sampleQuery } from "./sample-query.ts";

/** One sample with its evidence. A run of one sample shows it at once, so there is no list to go back to. */
export function SamplePanel(props: {
  runId: string;
  sampleId: string;
  metrics: readonly string[];
  /** null: the sample is the whole run. */
  listHref: string | null;
  /** The way to the samples before and after. */
  steps?: JSX.Element;
}) {
  return (
    <section aria-labelledby="sample" class="min-w-0">
      <div class="flex flex-wrap items-center gap-2 print:hidden">
        <Show when={props.listHref}>
          {(href) => (
            <a class="button button-slim" href={href()} noScroll aria-keyshortcuts="Escape">
              <Icon name="left" />
              {t().reading.back}
            </a>
          )}
        </Show>
        <h2
          id="sample"
          class={props.listHref ? "min-w-0 flex-1 truncate text-sm text-faint" : "sr-only"}
        >
          {props.listHref ? t().sample.of(props.sampleId) : t().sample.title}
        </h2>
        <div class="flex items-center gap-2">{props.steps}</div>
      </div>
      {/* A new sample is a new page: no claim of the one before stays chosen. */}
      <Show when={props.sampleId} keyed>
        {(id) => (
          <SampleBody
            runId={props.runId}
            sampleId={id}
            metrics={props.metrics}
            listHref={props.listHref}
          />
        )}
      </Show>
    </section>
  );
}

/** How much more of a long sample is shown each time it is asked for. */
const MORE_TIMES = 4;

function SampleBody(props: {
  runId: string;
  sampleId: string;
  metrics: readonly string[];
  listHref: string | null;
}) {
  const [sentences, setSentences] = createSignal<number | null>(null);
  const query = useQuery(() => sampleQuery(props.runId, props.sampleId, sentences()));
  const loadMore = () => setSentences((asked) => (asked ?? INSIGHT_LIMITS.sentences) * MORE_TIMES);
  const reviews = createReviews(props.runId, props.sampleId);
  return (
    <div class="mt-2 grid grid-cols-[minmax(0,1fr)] gap-3">
      <QueryView
        query={query}
        skeleton={<SampleSkeleton />}
        errorClass=""
        gone={{
          title: t().sample.gone,
          text: t().job.goneText,
          href: props.listHref ?? "/runs",
          link: t().sample.close,
        }}
      >
        {(data) => (
          <>
            <p class="font-medium break-words whitespace-pre-wrap">{data().sample.question}</p>
            <Show when={data().sample.error}>
              {(error) => <p class="min-w-0 break-words text-bad">{error().message}</p>}
            </Show>
            <Show
              when={data().evidence}
              fallback={
                <>
                  <Scores detail={data()} metrics={props.metrics} />
                  <p class="text-faint">{t().sample.noEvidence}</p>
                </>
              }
            >
              {(evidence) => (
                // Where reviews stand room is made for them at once: nothing moves when they come.
                <Show when={reviews.areKnown()} fallback={<SampleSkeleton />}>
                  <Judged
                    detail={data()}
                    evidence={unwrap(evidence())}
                    metrics={props.metrics}
                    reviews={reviews}
                  />
                  <AddToTestSet
                    runId={props.runId}
                    sampleId={props.sampleId}
                    reference={evidence().reference?.text ?? null}
                  />
                </Show>
              )}
            </Show>
            <Show when={data().more}>
              {(more) => (
                <p class="flex flex-wrap items-center gap-3 text-sm text-soft" role="status">
                  {t().sample.part(formatCount(more().claims), formatCount(more().characters))}
                  <button
                    type="button"
                    class="button print:hidden"
                    disabled={query.isFetching}
                    onClick={loadMore}
                  >
                    {t().sample.loadMore}
                  </button>
                </p>
              )}
            </Show>
          </>
        )}
      </QueryView>
    </div>
  );
}

/** The diagnosis, the numbers, and what they rest on. */
function Judged(props: {
  detail: SampleDetail;
  evidence: Evidence;
  metrics: readonly string[];
  reviews: Reviews;
}) {
  const problems = createMemo(() => findProblems(props.evidence, props.detail.sample.outcomes));
  return (
    <>
      <DiagnosisLine evidence={props.evidence} problems={problems()} />
      <Scores detail={props.detail} metrics={props.metrics} />
      <EvidenceView evidence={props.evidence} problems={problems()} reviews={props.reviews} />
      <Show when={props.reviews.areOpen() && !props.detail.sample.error}>
        <div class="flex flex-wrap items-center gap-3 text-sm text-soft print:hidden">
          {question(props.detail.sample.cause)}
          <ReviewButtons
            reviews={props.reviews}
            claimId={null}
            label={t().review.ofSample}
            isStop={true}
          />
        </div>
        <OtherOpinions reviews={props.reviews} claimId={null} />
      </Show>
    </>
  );
}

function question(cause: string | null): string {
  if (cause === null) return t().review.ofSampleFine;
  return t().review.ofSampleCause(wordFor(t().causes, cause));
}

function Scores(props: { detail: SampleDetail; metrics: readonly string[] }) {
  return (
    <dl class="flex flex-wrap gap-x-4 gap-y-1 text-sm" aria-label={t().sample.scores}>
      <For each={props.metrics}>
        {(metric) => (
          <ScoreChip
            metric={metric}
            value={props.detail.sample.scores[metric] ?? null}
            outcome={props.detail.sample.outcomes[metric]}
          />
        )}
      </For>
    </dl>
  );
}

function SampleSkeleton() {
  return (
    <>
      <span class="sr-only" role="status">
        {t().sample.loading}
      </span>
      <div aria-hidden="true" class="grid gap-3">
        <div class="skeleton h-6 w-2/3" />
        <div class="skeleton h-6 w-1/2" />
        <div class="grid gap-4 lg:grid-cols-3">
          <div class="skeleton h-48" />
          <div class="skeleton h-48" />
          <div class="skeleton h-48" />
        </div>
      </div>
    </>
  );
}
