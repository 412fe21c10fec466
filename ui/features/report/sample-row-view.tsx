import { For, Show } from "solid-js";
import type { Fault, SampleRow } from "../../../src/contract/report.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { formatScore } from "../../kit/format.ts";
import { LowConfidence } from "../../kit/low-confidence.tsx";
import type { Level, MetricWords } from "../../kit/metric-words.ts";
import { describeOutcome } from "../../kit/score-row.tsx";

const CELL: Record<Level, string> = {
  bad: "bg-bad-wash text-bad",
  warn: "bg-warn-wash text-warn",
  fair: "",
  good: "",
};

/** One sample of the table: what was asked, what was answered and where that is wrong; the whole row opens the evidence. */
export function SampleRowView(props: {
  sample: SampleRow;
  /** Of a conversation. */
  turn: number | null;
  metrics: readonly string[];
  href: string;
  /** Handed down: a catalogue for each number of each row would cost more than the rows. */
  words: MetricWords;
}) {
  return (
    <tr>
      <td class="min-w-0">
        <Show when={props.turn}>
          {(turn) => <span class="text-xs text-faint">{t().sample.turn(turn())}</span>}
        </Show>
        <a href={props.href} noScroll class="sample-link" data-sample={props.sample.sample_id}>
          {props.sample.question || props.sample.sample_id}
        </a>
        <p class="line-clamp-2 pb-1 text-sm break-words text-soft">
          <Show when={props.sample.fault} fallback={props.sample.answer}>
            {(fault) => <FaultText fault={fault()} />}
          </Show>
        </p>
        <Show when={props.sample.error}>
          {(error) => <p class="text-sm break-words text-bad">{error().message}</p>}
        </Show>
      </td>
      <For each={props.metrics}>
        {(metric) => <ScoreCell sample={props.sample} metric={metric} words={props.words} />}
      </For>
      <td class="text-xs">
        <Show
          when={props.sample.cause}
          fallback={
            <Show when={isSmallTalk(props.sample)}>
              <span class="text-faint">{t().reasons.small_talk}</span>
            </Show>
          }
        >
          {(cause) => (
            <span class="break-words text-accent" title={gainWords(props.sample)}>
              {wordFor(t().causes, cause())}
            </span>
          )}
        </Show>
        <Show when={props.sample.feedback}>
          {(feedback) => <span class="block text-faint">{t().find.feedbackOf[feedback()]}</span>}
        </Show>
      </td>
    </tr>
  );
}

/** The sentence with what is wrong in it underlined, and what the passage says instead. */
function FaultText(props: { fault: Fault }) {
  const { text, start, end, verdict } = props.fault;
  return (
    <>
      {text.slice(0, start)}
      <span class="fault-mark" data-verdict={verdict}>
        {text.slice(start, end)}
      </span>
      {text.slice(end)}
      <Show when={props.fault.told}>
        {(told) => <span class="text-good"> {t().sample.passageSays(told())}</span>}
      </Show>
    </>
  );
}

function isSmallTalk({ outcomes }: SampleRow): boolean {
  return Object.values(outcomes).some(({ reason }) => reason === "small_talk");
}

function gainWords({ gain }: SampleRow): string | undefined {
  return (gain ?? 0) >= 0.005 ? t().find.gainOf(formatScore(gain ?? 0)) : undefined;
}

function ScoreCell(props: { sample: SampleRow; metric: string; words: MetricWords }) {
  const value = () => props.sample.scores[props.metric] ?? null;
  const why = () => wordFor(t().reasons, props.sample.outcomes[props.metric]?.reason ?? "");
  return (
    <td class="text-right" data-title={props.words.title(props.metric)}>
      <Show
        when={value() !== null}
        fallback={
          <span class="text-faint" title={why()}>
            <span aria-hidden="true">–</span>
            <span class="sr-only">{why()}</span>
          </span>
        }
      >
        <Show when={props.sample.outcomes[props.metric]?.confidence === "low"}>
          <LowConfidence isShort />{" "}
        </Show>
        <span
          title={describeOutcome(props.sample.outcomes[props.metric])}
          class={`inline-block rounded px-1.5 py-0.5 text-sm font-medium ${CELL[props.words.level(props.metric, value() ?? 0)]}`}
        >
          {formatScore(value() ?? 0)}
        </span>
      </Show>
    </td>
  );
}
