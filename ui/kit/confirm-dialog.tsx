import { AlertDialog } from "@kobalte/core/alert-dialog";

/** Asks once before something that cannot be undone. Loaded when first needed. */
export default function ConfirmDialog(props: {
  title: string;
  text: string;
  confirm: string;
  dismiss: string;
  onConfirm: () => void;
  onDismiss: () => void;
}) {
  return (
    <AlertDialog open onOpenChange={(isOpen) => !isOpen && props.onDismiss()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay class="fixed inset-0 z-40 bg-stone/60" />
        <div class="fixed inset-0 z-50 flex items-center justify-center p-4">
          <AlertDialog.Content class="card w-full max-w-md p-6 shadow-xl">
            <AlertDialog.Title class="text-lg font-semibold">{props.title}</AlertDialog.Title>
            <AlertDialog.Description class="mt-2 text-soft">{props.text}</AlertDialog.Description>
            <div class="mt-6 flex justify-end gap-2">
              {/* The library's own close button is called "Dismiss" in every language. */}
              <button type="button" class="button" onClick={() => props.onDismiss()}>
                {props.dismiss}
              </button>
              <button
                type="button"
                class="button border-bad text-bad"
                onClick={() => props.onConfirm()}
              >
                {props.confirm}
              </button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog>
  );
}
