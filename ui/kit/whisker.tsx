import { Show } from "solid-js";

/** An interval in a drawing: a line with an end on each side, about the height `y`. Without one, nothing. */
export function Whisker(props: {
  interval: readonly [number, number] | null;
  /** Where a value lies, from the left. */
  at: (value: number) => string;
  y: number;
  /** From the line to the tip of an end. */
  reach: number;
  class: string;
  width: number;
}) {
  return (
    <Show when={props.interval}>
      {(interval) => {
        const left = () => props.at(interval()[0]);
        const right = () => props.at(interval()[1]);
        const ends = () => ({ y1: props.y - props.reach, y2: props.y + props.reach });
        return (
          <g class={props.class} stroke-width={props.width}>
            <line x1={left()} x2={right()} y1={props.y} y2={props.y} />
            <line x1={left()} x2={left()} {...ends()} />
            <line x1={right()} x2={right()} {...ends()} />
          </g>
        );
      }}
    </Show>
  );
}
