import { type JSX, Show } from "solid-js";

interface Part {
  /** Of the heading, for links to it. */
  id: string;
  title: string;
  class?: string;
  children: JSX.Element;
}

/** A part of a page under its own heading. */
export function Titled(props: Part & { text?: string }) {
  return (
    <section aria-labelledby={props.id} class={props.class}>
      <h2 id={props.id} class="text-lg font-semibold">
        {props.title}
      </h2>
      <Show when={props.text}>
        <p class="mt-1 text-sm text-soft">{props.text}</p>
      </Show>
      {props.children}
    </section>
  );
}

/** The same within such a part. */
export function Subtitled(props: Part) {
  return (
    <section aria-labelledby={props.id} class={props.class}>
      <h3 id={props.id} class="font-semibold">
        {props.title}
      </h3>
      {props.children}
    </section>
  );
}
