import { createUniqueId, type JSX, Show } from "solid-js";

/** A part of the settings under its own heading. */
export function Section(props: {
  /** For links to it. */
  id?: string;
  title: string;
  text?: string;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  return (
    <section
      id={props.id}
      class="card min-w-0 scroll-mt-4 p-5 sm:p-6"
      aria-labelledby={`section-${id}`}
    >
      <h2 id={`section-${id}`} class="text-lg font-semibold">
        {props.title}
      </h2>
      <Show when={props.text}>
        <p class="mt-1 max-w-[65ch] text-sm text-soft">{props.text}</p>
      </Show>
      {props.children}
    </section>
  );
}
