import { createEffect, createSignal, type JSX, Show } from "solid-js";

/** A part of the page nobody needs at first: neither loaded nor drawn before somebody opens it. */
export function Folded(props: {
  title: string;
  isOpen?: boolean;
  onToggle?: (isOpen: boolean) => void;
  children: JSX.Element;
}) {
  const [wasOpened, setWasOpened] = createSignal(false);
  createEffect(() => props.isOpen && setWasOpened(true));
  return (
    <details
      class="card min-w-0 px-4"
      open={props.isOpen}
      onToggle={({ currentTarget: { open } }) => {
        if (open) setWasOpened(true);
        props.onToggle?.(open);
      }}
    >
      <summary class="-mx-4 rounded-card px-4 py-2 font-medium hover:bg-raised/60">
        <h2 class="inline text-sm">{props.title}</h2>
      </summary>
      <Show when={props.isOpen || wasOpened()}>
        <div class="pt-1 pb-4">{props.children}</div>
      </Show>
    </details>
  );
}
