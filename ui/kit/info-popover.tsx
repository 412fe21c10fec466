import { createUniqueId, type JSX } from "solid-js";
import { Icon } from "./icon.tsx";

/** A question mark that opens a few words; the browser's own popover, so Escape and a click outside close it. */
export function InfoPopover(props: { label: string; children: JSX.Element }) {
  const id = createUniqueId();
  return (
    <>
      <button
        type="button"
        class="-m-1 inline-flex rounded-full p-1 text-faint hover:text-ink print:hidden"
        aria-label={props.label}
        popovertarget={`info-${id}`}
      >
        <Icon name="question" />
      </button>
      <div id={`info-${id}`} popover="auto" class="info-popover">
        {props.children}
      </div>
    </>
  );
}
