import { useQuery } from "@tanstack/solid-query";
import { createEffect, For, type JSX, Match, on, Show, Switch } from "solid-js";
import { unwrap } from "solid-js/store";
import { t } from "../../i18n/translate.ts";
import { sampleQuery } from "../../queries.ts";
import { CauseBadge } from "../cause-badge.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import { EvidenceView } from "../evidence/evidence-view.tsx";
import { ScoreRow } from "../score-row.tsx";

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
  const query = useQuery(() => sampleQuery(props.runId, props.sampleId));
  let panel: HTMLElement | undefined;
  // A sample opened from the list, the advice or a link starts where the reader can see it.
  createEffect(
    on(
      () => props.sampleId,
      () => props.listHref !== null && panel?.scrollIntoView(),
    ),
  );
  return (
    <section ref={panel} aria-labelledby="sample" class="scroll-mt-16">
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
            <div class="flex gap-2 print:hidden">
              <a class="button" href={href()} noScroll>
                {t().sample.close}
              </a>
              {props.steps}
            </div>
          )}
        </Show>
      </div>
      <div class="card mt-3 p-5 sm:p-6">
        <Switch>
          <Match when={query.isPending}>
            <span class="sr-only" role="status">
              {t().sample.loading}
            </span>
            <div class="grid gap-8 lg:grid-cols-2" aria-hidden="true">
              <div class="skeleton h-96" />
              <div class="skeleton h-96" />
            </div>
          </Match>
          <Match when={query.isError && query.error}>
            {(error) => (
              <ErrorNotice
                error={error()}
                onRetry={() => query.refetch()}
                gone={{
                  title: t().sample.gone,
                  text: t().job.goneText,
                  href: props.listHref ?? "/runs",
                  link: t().sample.close,
                }}
              />
            )}
          </Match>
          <Match when={query.isSuccess && query.data}>
            {(data) => (
              <>
                <Show when={props.listHref}>
                  <p class="text-base font-medium break-words">{data().sample.question}</p>
                  <dl class="mt-4 mb-6 grid gap-x-8 gap-y-1.5 border-b border-line pb-6 md:grid-cols-2">
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
                <Show when={data().sample.cause}>
                  <p class="mb-4 text-sm text-soft">
                    {t().sample.cause}: <CauseBadge cause={data().sample.cause} />
                  </p>
                </Show>
                <Show when={data().sample.error}>
                  {(error) => <p class="mb-4 break-words text-bad">{error().message}</p>}
                </Show>
                <Show
                  when={data().evidence}
                  fallback={<p class="text-faint">{t().sample.noEvidence}</p>}
                >
                  {(evidence) => <EvidenceView evidence={unwrap(evidence())} />}
                </Show>
              </>
            )}
          </Match>
        </Switch>
      </div>
    </section>
  );
}
