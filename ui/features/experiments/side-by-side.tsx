import { queryOptions, useQuery } from "@tanstack/solid-query";
import { createMemo, For, Show } from "solid-js";
import type { Evidence } from "../../../src/scoring/evidence.ts";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { markDifferences, type Part } from "./mark-differences.ts";

export interface Side {
  label: string;
  runId: string;
  sampleId: string;
}

function textsQuery({ runId, sampleId }: Side) {
  return queryOptions({
    queryKey: ["side", runId, sampleId],
    queryFn: async ({ signal }) => {
      const params = { run_id: runId, sample_id: sampleId };
      return (
        (await request("GET /api/runs/:run_id/samples/:sample_id", { params, signal })).evidence ??
        "gone"
      );
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Both answers, both retrievals and the reference; words and numbers that differ are marked. */
export function SideBySide(props: { base: Side; other: Side }) {
  const base = useQuery(() => textsQuery(props.base));
  const other = useQuery(() => textsQuery(props.other));
  return (
    <QueryView query={base} skeleton={<div class="skeleton h-32" />}>
      {(left) => (
        <QueryView query={other} skeleton={<div class="skeleton h-32" />}>
          {(right) => <Texts {...props} left={evidenceOf(left())} right={evidenceOf(right())} />}
        </QueryView>
      )}
    </QueryView>
  );
}

function evidenceOf(found: Evidence | "gone"): Evidence | null {
  return found === "gone" ? null : found;
}

function Texts(props: { base: Side; other: Side; left: Evidence | null; right: Evidence | null }) {
  const words = () => t().experiments;
  const answers = createMemo(() =>
    markDifferences(props.left?.answer.text ?? "", props.right?.answer.text ?? ""),
  );
  const reference = () => props.left?.reference?.text ?? props.right?.reference?.text ?? null;
  return (
    <div class="grid gap-4 text-sm">
      <Show when={reference()}>
        {(text) => (
          <section>
            <h4 class="font-semibold">{words().reference}</h4>
            <p class="mt-1 break-words whitespace-pre-wrap">{text()}</p>
          </section>
        )}
      </Show>
      <div class="grid gap-4 md:grid-cols-2">
        <Column side={props.base} evidence={props.left} other={props.right} parts={answers()[0]} />
        <Column side={props.other} evidence={props.right} other={props.left} parts={answers()[1]} />
      </div>
    </div>
  );
}

function Column(props: {
  side: Side;
  evidence: Evidence | null;
  other: Evidence | null;
  parts: readonly Part[];
}) {
  const words = () => t().experiments;
  const others = () => new Set(props.other?.passages?.map(({ text }) => text));
  return (
    <section class="min-w-0">
      <h4 class="font-semibold">
        <a
          class="link"
          href={`/runs/${props.side.runId}?${new URLSearchParams({ sample: props.side.sampleId })}`}
        >
          {props.side.label}
        </a>
      </h4>
      <Show when={props.evidence} fallback={<p class="mt-1 text-soft">{words().textsGone}</p>}>
        {(evidence) => (
          <>
            <p class="mt-1 break-words whitespace-pre-wrap">
              <For each={props.parts}>
                {({ text, differs }) => (differs ? <mark class="difference">{text}</mark> : text)}
              </For>
            </p>
            <p class="mt-3 text-xs font-medium text-soft">
              {words().retrieved} · {words().passages(evidence().passages?.length ?? 0)}
            </p>
            <ol class="mt-1 list-decimal space-y-1 pl-5">
              <For each={evidence().passages}>
                {({ text }) => (
                  <li class="break-words" classList={{ "text-soft": others().has(text) }}>
                    {text}
                  </li>
                )}
              </For>
            </ol>
          </>
        )}
      </Show>
    </section>
  );
}
