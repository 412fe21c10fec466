import { useNavigate } from "@solidjs/router";
import { useQueryClient } from "@tanstack/solid-query";
import { createEffect, Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { isElsewhere, isLetterKey } from "../../kit/letter-keys.ts";
import { listen } from "../../kit/listen.ts";
import { keyOf } from "../evidence/review-keys.ts";
import type { SampleView } from "./first-view.ts";
import { sampleQuery } from "./sample-query.ts";
import { useSamples } from "./sample-table.tsx";
import { countListed } from "./sample-view.ts";

/** From sample to sample without going back to the list, in the list's order; `[` and `]`, or `k` and `j`. */
export function SampleSteps(props: {
  report: Report;
  view: SampleView;
  sampleId: string;
  hrefOf: (sampleId: string) => string;
  /** Back to the list. */
  listHref: string;
}) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { query, samples } = useSamples(
    () => props.report,
    () => props.view,
  );
  const at = () => samples().findIndex((sample) => sample.sample_id === props.sampleId);
  const idAt = (index: number) => (at() < 0 ? undefined : samples()[index]?.sample_id);
  const previous = () => idAt(at() - 1);
  const next = () => idAt(at() + 1);
  // The page after the last sample is fetched before it is needed, and so is the next sample.
  createEffect(() => {
    const isLast = at() >= 0 && at() === samples().length - 1;
    if (isLast && query.hasNextPage && !query.isFetchingNextPage) query.fetchNextPage();
  });
  createEffect(() => {
    const id = next();
    if (id) client.prefetchQuery(sampleQuery(props.report.run.run_id, id));
  });
  listen(document, "keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !isElsewhere(event.target)) {
      if (document.querySelector("[popover]:popover-open")) return;
      navigate(props.listHref, { scroll: false });
      return;
    }
    if (!isLetterKey(event)) return;
    const key = keyOf(event);
    const id = key === "]" || key === "j" ? next() : key === "[" || key === "k" ? previous() : null;
    if (!id) return;
    event.preventDefault();
    navigate(props.hrefOf(id), { replace: true, scroll: false });
  });
  return (
    <>
      <Show when={at() >= 0}>
        <span class="self-center text-sm text-faint">
          {t().reading.at(formatCount(at() + 1), countOf())}
        </span>
      </Show>
      <Step href={hrefOf(previous())} label={t().sample.previous} icon="left" keys="[ k" />
      <Step href={hrefOf(next())} label={t().sample.next} icon="right" keys="] j" />
    </>
  );

  function hrefOf(id: string | undefined): string | null {
    return id === undefined ? null : props.hrefOf(id);
  }

  /** The report knows how many of most lists there are; of a search, once its last page is here. */
  function countOf(): string {
    if (!query.hasNextPage) return formatCount(samples().length);
    return formatCount(countListed(props.report, props.view) ?? samples().length).concat(
      countListed(props.report, props.view) === null ? "+" : "",
    );
  }
}

function Step(props: { href: string | null; label: string; icon: "left" | "right"; keys: string }) {
  return (
    <Show
      when={props.href}
      fallback={
        <span class="button px-2.5 opacity-40" aria-hidden="true">
          <Icon name={props.icon} />
        </span>
      }
    >
      {(href) => (
        <a
          class="button px-2.5"
          href={href()}
          noScroll
          replace
          aria-label={props.label}
          aria-keyshortcuts={props.keys}
          title={`${props.label} (${props.keys.split(" ").join(", ")})`}
        >
          <Icon name={props.icon} />
        </a>
      )}
    </Show>
  );
}
