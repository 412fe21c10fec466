import { queryOptions, useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import type { ReviewQueue, ReviewReason } from "../../../src/contract/review.ts";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { Badge, type Look } from "../../kit/badge.tsx";
import { CauseBadge } from "../../kit/cause-badge.tsx";
import { formatCount, formatPercent, formatScore } from "../../kit/format.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";

/** 复核: what is most worth a human look next, how far people are, and whether they agree. */
export default function ReviewPage() {
  const query = useQuery(queueQuery);
  return (
    <>
      <PageHeading title={t().reviewing.title} intro={t().reviewing.intro} />
      <QueryView query={query}>
        {(queue) => (
          <div class="mt-4 grid grid-cols-1 gap-4">
            <Progress queue={queue()} />
            <Items queue={queue()} />
          </div>
        )}
      </QueryView>
    </>
  );
}

function Progress(props: { queue: ReviewQueue }) {
  const progress = () => props.queue.progress;
  const text = () =>
    t().reviewing.progress(formatCount(progress().mine), formatCount(progress().total));
  return (
    <section class="card grid gap-x-8 gap-y-4 p-4 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto_auto]">
      <div>
        <p class="text-sm">
          {text()}
          <span class="text-faint">
            {" "}
            · {t().reviewing.anybody(formatCount(progress().anybody))}
          </span>
        </p>
        <progress
          class="progress mt-2 h-1.5 w-full"
          aria-label={text()}
          max={progress().total || 1}
          value={progress().mine}
        />
      </div>
      <div class="min-w-0 text-sm">
        <h2 class="text-xs text-faint">{t().reviewing.people}</h2>
        <ul class="mt-0.5">
          <For
            each={props.queue.people.slice(0, 5)}
            fallback={<li class="text-soft">{t().reviewing.nobody}</li>}
          >
            {({ reviewer, samples }) => (
              <li class="flex justify-between gap-3">
                <span class="truncate">{reviewer}</span>
                <span class="text-faint">{t().reviewing.samples(formatCount(samples))}</span>
              </li>
            )}
          </For>
        </ul>
      </div>
      <Agreement title={t().reviewing.withJudge} of={props.queue.with_judge} />
      <Agreement title={t().reviewing.betweenPeople} of={props.queue.between_people} />
    </section>
  );
}

function Agreement(props: { title: string; of: ReviewQueue["with_judge"] }) {
  return (
    <div class="text-sm">
      <h2 class="text-xs text-faint">{props.title}</h2>
      <Show when={props.of?.rate != null && props.of} fallback={<p class="text-faint">–</p>}>
        {(known) => (
          <p>
            {t().reviewing.agreement(formatPercent(known().rate ?? 0), formatCount(known().n))}
            <Show when={known().kappa !== null}>
              <span class="text-faint">
                {" "}
                · {t().reviewing.kappa(formatScore(known().kappa ?? 0))}
              </span>
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}

const LOOKS: Record<ReviewReason, Look> = {
  disliked: ["warning", "bad"],
  judges_differ: ["warning", "warn"],
  judged_twice: ["question", "warn"],
  low_confidence: ["question", "plain"],
  drawn: ["dash", "plain"],
};

function Items(props: { queue: ReviewQueue }) {
  const nothing = () => (
    <li class="p-4 text-soft">
      <Show when={props.queue.progress.total === 0} fallback={t().reviewing.none}>
        <p>{t().reviewing.empty}</p>
        <a class="button mt-3" href="/submit">
          {t().nav.submit}
        </a>
      </Show>
    </li>
  );
  return (
    <ol class="card overflow-hidden">
      <For each={props.queue.items} fallback={nothing()}>
        {(item) => (
          <li class="relative grid gap-x-4 gap-y-1 border-b border-line px-4 py-2 last:border-0 hover:bg-raised/60 lg:grid-cols-[minmax(0,1fr)_9rem_11rem] lg:items-center">
            <div class="min-w-0">
              <a
                class="block truncate text-sm font-medium after:absolute after:inset-0 hover:text-accent"
                href={`/runs/${item.run_id}?${new URLSearchParams({ sample: item.sample_id })}`}
              >
                {item.question}
              </a>
              <p class="truncate text-xs leading-4.5 text-soft">{item.answer}</p>
            </div>
            <p>
              <CauseBadge cause={item.cause} />
            </p>
            <p class="text-xs text-faint">
              <Badge look={LOOKS[item.reason]}>{t().reviewing.reasons[item.reason]}</Badge>
              <Show when={item.reviewed_by.length > 0}>
                <span class="block truncate">
                  {t().reviewing.seenBy(item.reviewed_by.join(", "))}
                </span>
              </Show>
            </p>
          </li>
        )}
      </For>
    </ol>
  );
}

function queueQuery() {
  return queryOptions({
    queryKey: ["review-queue"],
    queryFn: ({ signal }) => request("GET /api/reviews", { signal }),
    refetchOnWindowFocus: "always",
  });
}
