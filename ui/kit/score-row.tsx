import { Show } from "solid-js";
import type { Outcomes, Scores } from "../../src/contract/outcome.ts";
import { t, wordFor } from "../i18n/translate.ts";
import { formatScore } from "./format.ts";
import { Icon } from "./icon.tsx";
import { LowConfidence } from "./low-confidence.tsx";
import { useMetricWords } from "./metric-words.ts";
import { ScoreTrack } from "./score-track.tsx";

type Outcome = Outcomes[string];

/** One metric of one sample: its name, the value as a dot and a number, or in words why there is none. */
export function ScoreRow(props: { metric: string; scores: Scores; outcomes: Outcomes }) {
  const words = useMetricWords();
  const outcome = () => props.outcomes[props.metric];
  const value = () => props.scores[props.metric] ?? outcome()?.value ?? null;
  const isLowerBetter = () => words.info(props.metric)?.direction === "lower";
  return (
    <div class="flex min-h-6 items-center gap-x-3">
      <dt class="w-34 shrink-0 truncate text-sm text-soft" title={words.title(props.metric)}>
        {words.title(props.metric)}
        <Show when={isLowerBetter()}>
          <span class="text-faint" title={t().score.lower}>
            <span aria-hidden="true"> ↓</span>
            <span class="sr-only"> ({t().score.lower})</span>
          </span>
        </Show>
      </dt>
      <dd class="min-w-0 flex-1">
        <Show when={value() !== null} fallback={<NoValue outcome={outcome()} />}>
          <div class="flex items-center gap-3">
            <ScoreTrack
              metric={props.metric}
              value={value() ?? 0}
              interval={outcome()?.interval}
              isUnsure={outcome()?.confidence === "low"}
            />
            <Show when={outcome()?.confidence === "low"}>
              <LowConfidence />
            </Show>
            <span class="w-11 shrink-0 text-right font-medium" title={describeOutcome(outcome())}>
              {formatScore(value() ?? 0)}
            </span>
          </div>
        </Show>
      </dd>
    </div>
  );
}

function NoValue(props: { outcome: Outcome | undefined }) {
  const isFailed = () => props.outcome?.status === "failed";
  return (
    <span
      class={`flex items-center gap-1.5 text-sm ${isFailed() ? "text-bad" : "text-faint"}`}
      title={props.outcome ? (isFailed() ? t().score.failed : t().score.notApplicable) : undefined}
    >
      <Show when={props.outcome} fallback={t().jobs.notYet}>
        {(outcome) => (
          <>
            <Icon name={isFailed() ? "warning" : "dash"} class="size-3.5" />
            <span>
              {outcome().reason === null
                ? isFailed()
                  ? t().score.failed
                  : t().score.notApplicable
                : wordFor(t().reasons, outcome().reason ?? "")}
            </span>
          </>
        )}
      </Show>
    </span>
  );
}

export function describeOutcome(outcome: Outcome | undefined): string | undefined {
  if (!outcome) return undefined;
  const { interval, method, confidence } = outcome;
  return [
    t().score.methods[method],
    interval && t().score.interval(formatScore(interval[0]), formatScore(interval[1])),
    confidence && t().score.confidence[confidence],
  ]
    .filter(Boolean)
    .join(" · ");
}
