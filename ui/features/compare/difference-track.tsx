import { Show } from "solid-js";

/**
 * A difference around zero, in the middle, with its interval. A picture only: the numbers stand beside it in words.
 * `scale`: the value at both ends.
 */
export function DifferenceTrack(props: {
  difference: number;
  interval: readonly [number, number] | null;
  scale: number;
}) {
  const at = (value: number) => `${50 + (value / props.scale) * 48}%`;
  return (
    <svg class="my-2 h-6 w-full overflow-visible" aria-hidden="true">
      <line x1="2%" x2="98%" y1="12" y2="12" class="stroke-line" stroke-width="3" />
      <line x1="50%" x2="50%" y1="1" y2="23" class="stroke-line-strong" stroke-dasharray="3 2" />
      <Show when={props.interval}>
        {(interval) => (
          <g class="stroke-soft" stroke-width="2">
            <line x1={at(interval()[0])} x2={at(interval()[1])} y1="12" y2="12" />
            <line x1={at(interval()[0])} x2={at(interval()[0])} y1="7" y2="17" />
            <line x1={at(interval()[1])} x2={at(interval()[1])} y1="7" y2="17" />
          </g>
        )}
      </Show>
      <circle
        cx={at(props.difference)}
        cy="12"
        r="5.5"
        class="fill-accent-fill stroke-surface"
        stroke-width="2"
      />
    </svg>
  );
}
