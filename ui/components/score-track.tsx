import { Show } from "solid-js";
import type { Level } from "../metric-words.ts";

const DOT: Record<Level, string> = {
  bad: "fill-bad",
  warn: "fill-warn",
  fair: "fill-line-strong",
  good: "fill-good",
};

/**
 * A value on its scale from left to right, with the interval behind it. A picture only: the number stands beside it
 * in words, so it is hidden from screen readers.
 */
export function ScoreTrack(props: {
  /** 0..1; null draws the empty scale. */
  at: number | null;
  interval?: readonly [number, number] | null;
  /** Where the baseline stands, as a dashed line. */
  base?: number | null;
  level: Level;
}) {
  const percent = (at: number) => `${at * 100}%`;
  return (
    <svg class="h-4 w-full overflow-visible" aria-hidden="true">
      <line
        x1="0%"
        x2="100%"
        y1="8"
        y2="8"
        class="stroke-line"
        stroke-width="3"
        stroke-linecap="round"
      />
      <Show when={props.interval}>
        {(interval) => (
          <g class="stroke-line-strong" stroke-width="1.5">
            <line x1={percent(interval()[0])} x2={percent(interval()[1])} y1="8" y2="8" />
            <line x1={percent(interval()[0])} x2={percent(interval()[0])} y1="4" y2="12" />
            <line x1={percent(interval()[1])} x2={percent(interval()[1])} y1="4" y2="12" />
          </g>
        )}
      </Show>
      <Show when={props.base != null}>
        <line
          x1={percent(props.base ?? 0)}
          x2={percent(props.base ?? 0)}
          y1="0"
          y2="16"
          class="stroke-accent"
          stroke-width="1.5"
          stroke-dasharray="3 2"
        />
      </Show>
      <Show when={props.at !== null}>
        <circle
          cx={percent(props.at ?? 0)}
          cy="8"
          r="5.5"
          class={`stroke-surface ${DOT[props.level]}`}
          stroke-width="2"
        />
      </Show>
    </svg>
  );
}
