import { type Accessor, createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { sayWhy } from "../../kit/say-why.ts";
import type { Saving } from "../../kit/use-saving.ts";

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

/** What a project has of something, one under another; or that it has none. */
export function Rows<T>(props: {
  each: readonly T[];
  none: string;
  children: (one: T, at: Accessor<number>) => JSX.Element;
}) {
  return (
    <Show when={props.each.length > 0} fallback={<p class="mt-4 text-soft">{props.none}</p>}>
      <ul class="mt-4 divide-y divide-line border-y border-line">
        <For each={props.each}>{props.children}</For>
      </ul>
    </Show>
  );
}

/** One of them, beside it what can be done with it, and below what that opens. */
export function Row(props: { children: JSX.Element; actions: JSX.Element; below?: JSX.Element }) {
  return (
    <li class="py-3">
      <div class="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div class="min-w-0 flex-1 basis-72">{props.children}</div>
        {props.actions}
      </div>
      {props.below}
    </li>
  );
}

/** The form that adds one more: at hand while there is none, else behind a button. */
export function AddMore(props: { label: string; isFirst: boolean; children: JSX.Element }) {
  const [isOpen, setIsOpen] = createSignal(false);
  return (
    <Show
      when={props.isFirst || isOpen()}
      fallback={
        <button type="button" class="button mt-4" onClick={() => setIsOpen(true)}>
          {props.label}
        </button>
      }
    >
      {props.children}
    </Show>
  );
}

/** A form of the settings: its fields, one button, and below what the server would not do. */
export function SettingsForm<T>(props: {
  title?: string;
  submit: string;
  saving: Saving<T>;
  /** False: something is missing yet. */
  isReady?: boolean;
  onSubmit: (form: HTMLFormElement) => void;
  /** Classes of the grid the fields and the button stand in; the button is its last cell. */
  columns?: string;
  class?: string;
  children: JSX.Element;
}) {
  function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }): void {
    event.preventDefault();
    if (props.isReady !== false) props.onSubmit(event.currentTarget);
  }
  return (
    <form class={props.class ?? "mt-4 rounded-field bg-raised p-4"} onSubmit={submit}>
      <Show when={props.title}>
        <h3 class="mb-3 font-semibold">{props.title}</h3>
      </Show>
      <div class={`grid grid-cols-1 items-start gap-4 ${props.columns ?? ""}`}>
        {props.children}
        <button
          type="submit"
          class="button button-primary justify-self-start"
          classList={{ "sm:mt-7": props.columns !== undefined }}
          disabled={props.saving.isPending || props.isReady === false}
        >
          {props.submit}
        </button>
      </div>
      <RefusalLine error={props.saving.error} />
    </form>
  );
}

/** What the server would not do, if anything, below the form that asked. */
export function RefusalLine(props: { error: Error | null }) {
  return (
    <Show when={props.error}>
      {(error) => (
        <p role="alert" class="mt-2 text-sm break-words text-bad">
          {sayWhy(error())}
        </p>
      )}
    </Show>
  );
}
