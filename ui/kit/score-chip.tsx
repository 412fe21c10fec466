import { Show } from "solid-js";
import type { Outcomes } from "../../src/contract/outcome.ts";
import { t, wordFor } from "../i18n/translate.ts";
import { formatScore } from "./format.ts";
import { LowConfidence } from "./low-confidence.tsx";
import { type Level, useMetricWords } from "./metric-words.ts";
import { describeOutcome } from "./score-row.tsx";

const CELL: Record<Level, string> = {
  bad: "bg-bad-wash text-bad",
  warn: "bg-warn-wash text-warn",
  fair: "bg-raised",
  good: "bg-good-wash text-good",
};

/** One metric of one sample in a line with others: name and number, or in words why there is none. */
export function ScoreChip(props: {
  metric: string;
  value: number | null;
  outcome: Outcomes[string] | undefined;
}) {
  const words = useMetricWords();
  return (
    <div class="inline-flex items-baseline gap-1.5" title={describeOutcome(props.outcome)}>
      <dt class="text-faint">{words.title(props.metric)}</dt>
      <dd class="break-words">
        <Show
          when={props.value !== null}
          fallback={
            <span class="text-soft">{wordFor(t().reasons, props.outcome?.reason ?? "")}</span>
          }
        >
          <Show when={props.outcome?.confidence === "low"}>
            <LowConfidence />{" "}
          </Show>
          <span
            class={`rounded px-1.5 py-0.5 font-medium ${CELL[words.level(props.metric, props.value ?? 0)]}`}
          >
            {formatScore(props.value ?? 0)}
          </span>
        </Show>
      </dd>
    </div>
  );
}
