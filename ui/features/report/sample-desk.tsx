import { createEffect, For, on, Show } from "solid-js";
import type { ReviewedReport } from "../../../src/contract/review.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import type { SampleView } from "./first-view.ts";
import { SamplePanel } from "./sample-panel.tsx";
import { SampleSteps } from "./sample-steps.tsx";
import { useSamples } from "./sample-table.tsx";
import { turnAt } from "./sample-view.ts";

/** One sample opened beside the list it was opened from; on narrow screens it takes the place of the list. */
export function SampleDesk(props: {
  report: ReviewedReport;
  view: SampleView;
  sampleId: string;
  hrefOf: (sampleId: string) => string;
  listHref: string;
}) {
  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-[15rem_minmax(0,1fr)] print:block">
      <SideList {...props} />
      <SamplePanel
        runId={props.report.run.run_id}
        sampleId={props.sampleId}
        metrics={props.report.run.metrics}
        listHref={props.listHref}
        steps={<SampleSteps {...props} />}
      />
    </div>
  );
}

function SideList(props: {
  report: ReviewedReport;
  view: SampleView;
  sampleId: string;
  hrefOf: (sampleId: string) => string;
}) {
  const { samples } = useSamples(
    () => props.report,
    () => props.view,
  );
  let list: HTMLElement | undefined;
  // The list goes along with whoever walks through it, and the page stays where it is.
  createEffect(
    on([() => props.sampleId, samples], () => {
      const current = list?.querySelector<HTMLElement>("[aria-current]");
      if (!list || !current) return;
      const above = current.offsetTop - list.scrollTop;
      const below = above + current.offsetHeight - list.clientHeight;
      if (above < 0) list.scrollTop += above;
      else if (below > 0) list.scrollTop += below;
    }),
  );
  return (
    <nav
      ref={list}
      aria-label={t().report.samples}
      class="card sticky top-4 hidden max-h-[calc(100dvh-2rem)] self-start overflow-y-auto lg:block print:hidden"
    >
      <ul class="relative divide-y divide-line">
        <For each={samples()}>
          {(sample, at) => (
            <li>
              <a
                href={props.hrefOf(sample.sample_id)}
                noScroll
                replace
                aria-current={sample.sample_id === props.sampleId ? "true" : undefined}
                class="block border-l-3 border-transparent px-3 py-2 hover:bg-raised/60 aria-[current]:border-accent-fill aria-[current]:bg-accent-wash"
              >
                <span class="line-clamp-2 text-sm break-words">
                  {sample.question || sample.sample_id}
                </span>
                <span class="block truncate text-xs text-faint">
                  <Show when={turnAt(props.report, props.view, at())}>
                    {(turn) => `${t().sample.turn(turn())} · `}
                  </Show>
                  {sample.cause ? wordFor(t().causes, sample.cause) : sample.sample_id}
                </span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}
