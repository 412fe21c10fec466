import { Show } from "solid-js";
import type { Level } from "./metric-words.ts";

const DOT: Record<Level, string> = {
  bad: "bg-bad",
  warn: "bg-warn",
  fair: "bg-line-strong",
  good: "bg-good",
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
  // Boxes, not a drawing: a list has hundreds, and a browser lays out and paints a box in a third of the time.
  return (
    <div class="score-track" aria-hidden="true">
      <Show when={props.interval}>
        {(interval) => (
          <span
            class="score-whisker"
            style={{ left: percent(interval()[0]), right: percent(1 - interval()[1]) }}
          />
        )}
      </Show>
      <Show when={props.base != null}>
        <span class="score-base" style={{ left: percent(props.base ?? 0) }} />
      </Show>
      <Show when={props.at !== null}>
        <span class={`score-dot ${DOT[props.level]}`} style={{ left: percent(props.at ?? 0) }} />
      </Show>
    </div>
  );
}
