import { type JSX, Show } from "solid-js";
import { RefusalLine } from "./refusal-line.tsx";
import type { Saving } from "./use-saving.ts";

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
      <Show when={props.saving.isError && props.saving.error}>
        {(error) => <RefusalLine error={error()} />}
      </Show>
    </form>
  );
}
