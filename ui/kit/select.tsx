import { For } from "solid-js";

/** A choice of one among values with their names. */
export function Select<V extends string>(props: {
  id?: string;
  class?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  chosen: V | null;
  options: readonly (readonly [V, string])[];
  onChoose: (value: V) => void;
}) {
  return (
    <select
      id={props.id}
      class={props.class ?? "field"}
      aria-label={props["aria-label"]}
      aria-describedby={props["aria-describedby"]}
      onChange={(event) => {
        const chosen = props.options.find(([value]) => value === event.currentTarget.value);
        if (chosen) props.onChoose(chosen[0]);
      }}
    >
      <For each={props.options}>
        {([value, name]) => (
          <option value={value} selected={value === props.chosen}>
            {name}
          </option>
        )}
      </For>
    </select>
  );
}
