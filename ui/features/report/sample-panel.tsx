import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, type JSX, Show } from "solid-js";
import { unwrap } from "solid-js/store";
import { INSIGHT_LIMITS } from "../../../src/contract/limits.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { CauseBadge } from "../../kit/cause-badge.tsx";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { ScoreRow } from "../../kit/score-row.tsx";
import { createReviews } from "../evidence/create-reviews.ts";
import { EvidenceView } from "../evidence/evidence-view.tsx";
import { OtherOpinions, ReviewButtons } from "../evidence/review-controls.tsx";
import { sampleQuery } from "./report-queries.ts";

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
      <div class="flex flex-wrap items-center justify-between gap-3">
        <h2 id="sample" class="text-lg font-semibold">
          {t().sample.title}
          <Show when={props.listHref}>
            <span class="ml-2 text-sm font-normal break-all text-faint">
              {t().sample.of(props.sampleId)}
            </span>
          </Show>
        </h2>
        <Show when={props.listHref}>
          {(href) => (
            <div class="flex flex-wrap gap-2 print:hidden">
              <a class="button" href={href()} noScroll>
                <Icon name="left" />
                {t().reading.back}
              </a>
              {props.steps}
            </div>
          )}
        </Show>
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
  const question = (cause: string | null) =>
    cause === null ? t().review.ofSampleFine : t().review.ofSampleCause(wordFor(t().causes, cause));
  return (
    <div class="card mt-3 p-4 sm:p-6">
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
            <Show when={props.listHref}>
              <p class="text-base font-medium break-words">{data().sample.question}</p>
              <dl class="mt-4 mb-5 grid gap-x-8 gap-y-1.5 md:grid-cols-2">
                <For each={props.metrics}>
                  {(metric) => (
                    <ScoreRow
                      metric={metric}
                      scores={data().sample.scores}
                      outcomes={data().sample.outcomes}
                    />
                  )}
                </For>
              </dl>
            </Show>
            <div class="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-soft">
              <Show when={data().sample.cause}>
                <span>
                  {t().sample.cause}: <CauseBadge cause={data().sample.cause} />
                </span>
              </Show>
              <Show when={reviews.areOpen() && !data().sample.error}>
                <span class="inline-flex flex-wrap items-center gap-3 print:hidden">
                  {question(data().sample.cause)}
                  <ReviewButtons
                    reviews={reviews}
                    claimId={null}
                    label={t().review.ofSample}
                    isStop={true}
                  />
                </span>
                <OtherOpinions reviews={reviews} claimId={null} />
              </Show>
            </div>
            <Show when={data().sample.error}>
              {(error) => <p class="mb-4 text-bad min-w-0 break-words">{error().message}</p>}
            </Show>
            <Show
              when={data().evidence}
              fallback={<p class="text-faint">{t().sample.noEvidence}</p>}
            >
              {(evidence) => <EvidenceView evidence={unwrap(evidence())} reviews={reviews} />}
            </Show>
            <Show when={data().more}>
              {(more) => (
                <p class="mt-6 flex flex-wrap items-center gap-3 text-sm text-soft" role="status">
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

function SampleSkeleton() {
  return (
    <>
      <span class="sr-only" role="status">
        {t().sample.loading}
      </span>
      <div class="grid gap-8 lg:grid-cols-2" aria-hidden="true">
        <div class="skeleton h-96" />
        <div class="skeleton h-96" />
      </div>
    </>
  );
}
