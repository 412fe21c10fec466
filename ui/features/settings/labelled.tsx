import { type JSX, Show } from "solid-js";

/** A field of a settings form: its name above, what to know below. */
export function Labelled(props: {
  for: string;
  label: string;
  help?: JSX.Element;
  class?: string;
  children: JSX.Element;
}) {
  return (
    <div class={props.class}>
      <label for={props.for} class="mb-1 block text-sm font-medium">
        {props.label}
      </label>
      {props.children}
      <Show when={props.help}>
        <p id={`${props.for}-help`} class="mt-1 text-xs text-soft">
          {props.help}
        </p>
      </Show>
    </div>
  );
}
