import { createUniqueId, type JSX, Show } from "solid-js";
import { Icon } from "./icon.tsx";

/** A button that opens a few words; the browser's own popover, so Escape and a click outside close it. */
export function InfoPopover(props: {
  label: string;
  /** What the button shows; a question mark, with the label for who cannot see it, when there is nothing else. */
  face?: JSX.Element;
  class?: string;
  onOpen?: () => void;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  return (
    <>
      <button
        type="button"
        class={
          props.class ?? "-m-1 inline-flex rounded-full p-1 text-faint hover:text-ink print:hidden"
        }
        aria-label={props.face ? undefined : props.label}
        popovertarget={`info-${id}`}
        onClick={() => props.onOpen?.()}
      >
        <Show when={props.face} fallback={<Icon name="question" />}>
          {props.face}
        </Show>
      </button>
      <div id={`info-${id}`} popover="auto" class="info-popover">
        {props.children}
      </div>
    </>
  );
}
