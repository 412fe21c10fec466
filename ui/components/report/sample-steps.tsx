import { createEffect, type JSX, Show } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../icon.tsx";
import { type SampleView, useSamples } from "./use-samples.ts";

/** From sample to sample without going back to the list, in the list's order. */
export function SampleSteps(props: {
  report: Report;
  view: SampleView;
  sampleId: string;
  hrefOf: (sampleId: string) => string;
}) {
  const { query, samples } = useSamples(
    () => props.report,
    () => props.view,
  );
  const at = () => samples().findIndex((sample) => sample.sample_id === props.sampleId);
  const idAt = (index: number) => (at() < 0 ? undefined : samples()[index]?.sample_id);
  // The page after the last sample is fetched before it is needed.
  createEffect(() => {
    const isLast = at() >= 0 && at() === samples().length - 1;
    if (isLast && query.hasNextPage && !query.isFetchingNextPage) query.fetchNextPage();
  });
  const step = (id: string | undefined, label: string, icon: JSX.Element) => (
    <Show when={id}>
      {(known) => (
        <a
          class="button px-2.5"
          href={props.hrefOf(known())}
          noScroll
          replace
          aria-label={label}
          title={label}
        >
          {icon}
        </a>
      )}
    </Show>
  );
  return (
    <>
      {step(idAt(at() - 1), t().sample.previous, <Icon name="left" />)}
      {step(idAt(at() + 1), t().sample.next, <Icon name="right" />)}
    </>
  );
}
