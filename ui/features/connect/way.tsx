import type { JSX } from "solid-js";

/** One way to connect: what it is for, and what to copy. */
export function Way(props: { title: string; text: string; children: JSX.Element }) {
  return (
    <section class="card min-w-0 p-5 sm:p-6">
      <h2 class="text-lg font-semibold">{props.title}</h2>
      <p class="mt-1 mb-4 text-sm text-soft">{props.text}</p>
      {props.children}
    </section>
  );
}
