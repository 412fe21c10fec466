import { Dialog } from "@kobalte/core/dialog";
import type { JSX } from "solid-js";

/** Something over the page that Escape, or a click beside it, closes. */
export function Modal(props: {
  title: string;
  titleClass: string;
  /** Where it stands. */
  at: string;
  class: string;
  onClose: () => void;
  children: JSX.Element;
}) {
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="fixed inset-0 z-40 bg-stone/60" />
        <div class={`fixed inset-0 z-50 flex justify-center p-4 ${props.at}`}>
          <Dialog.Content class={`card w-full shadow-xl ${props.class}`}>
            <Dialog.Title class={props.titleClass}>{props.title}</Dialog.Title>
            {props.children}
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  );
}
