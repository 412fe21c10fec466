import { Show } from "solid-js";
import { FILL } from "./level-fill.ts";
import { type Level, useMetricWords } from "./metric-words.ts";

const RING: Record<Level, string> = {
  bad: "border-bad",
  warn: "border-warn",
  fair: "border-line-strong",
  good: "border-good",
};

/**
 * A value on its scale from left to right, with the interval behind it. A picture only: the number stands beside it
 * in words, so it is hidden from screen readers.
 */
export function ScoreTrack(props: {
  metric: string;
  value: number;
  interval?: readonly [number, number] | null;
  /** What the baseline has, as a dashed line. */
  base?: number | null;
  /** Of low confidence: the dot is hollow. */
  isUnsure?: boolean;
}) {
  const words = useMetricWords();
  const level = () => words.level(props.metric, props.value);
  const at = (value: number) => 100 * words.position(props.metric, value);
  // Boxes, not a drawing: a list has hundreds, and a browser lays out and paints a box in a third of the time.
  return (
    <div class="score-track" aria-hidden="true">
      <Show when={props.interval}>
        {(interval) => (
          <span
            class="score-whisker"
            style={{ left: `${at(interval()[0])}%`, right: `${100 - at(interval()[1])}%` }}
          />
        )}
      </Show>
      <Show when={props.base != null}>
        <span class="score-base" style={{ left: `${at(props.base ?? 0)}%` }} />
      </Show>
      <span
        class={`score-dot ${props.isUnsure ? `score-ring ${RING[level()]}` : FILL[level()]}`}
        style={{ left: `${at(props.value)}%` }}
      />
    </div>
  );
}
