import { queryOptions, useQuery } from "@tanstack/solid-query";
import { createSignal, For, Show } from "solid-js";
import type { Comparison } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { formatCount } from "../../kit/format.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { VerdictLabel } from "../evidence/verdict-label.tsx";

/** Claims both runs made and judged differently, looked for when somebody opens them: all evidence is read for it. */
export function FlippedClaims(props: { comparison: Comparison }) {
  const [isOpen, setIsOpen] = createSignal(false);
  return (
    <details class="card min-w-0 p-4" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary class="font-semibold">{t().compare.flipped}</summary>
      <Show when={isOpen()}>
        <Flips base={props.comparison.base.run_id} other={props.comparison.other.run_id} />
      </Show>
    </details>
  );
}

function Flips(props: { base: string; other: string }) {
  const query = useQuery(() => flipsQuery(props.base, props.other));
  return (
    <QueryView query={query} skeleton={<p class="mt-2 text-sm text-soft">{t().app.loading}</p>}>
      {(comparison) => <FlipList comparison={comparison()} />}
    </QueryView>
  );
}

function flipsQuery(base: string, other: string) {
  return queryOptions({
    queryKey: ["comparison", "claims", base, other],
    queryFn: ({ signal }) => request("GET /api/runs/compare", { query: { base, other }, signal }),
    staleTime: 60_000,
  });
}

function FlipList(props: { comparison: Comparison }) {
  const flips = () => props.comparison.flipped_claims;
  const hrefOf = (sample: string) =>
    `/runs/${props.comparison.other.run_id}?${new URLSearchParams({ sample })}`;
  return (
    <>
      <p class="mt-1 text-sm text-soft">
        {t().compare.flippedCount(formatCount(flips().total), formatCount(flips().checked_pairs))}
      </p>
      <Show when={flips().claims.length > 0}>
        <ul class="mt-3 divide-y divide-line border-y border-line">
          <For each={flips().claims}>
            {(claim) => (
              <li class="py-2.5 text-sm">
                <p class="flex flex-wrap items-center gap-x-2">
                  <VerdictLabel verdict={claim.from} />
                  <span aria-hidden="true">→</span>
                  <span class="sr-only">{t().compare.becomes}</span>
                  <VerdictLabel verdict={claim.to} />
                  <span class="text-xs text-faint">
                    {claim.of === "answer" ? t().sample.inAnswer : t().sample.inReference}
                  </span>
                </p>
                <a class="link break-words" href={hrefOf(claim.other_sample_id)}>
                  {claim.text}
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}
