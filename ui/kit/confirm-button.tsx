import { createSignal, lazy, Show, Suspense } from "solid-js";
import { t } from "../i18n/translate.ts";

const ConfirmDialog = lazy(() => import("./confirm-dialog.tsx"));

/** Does something to a named thing, once the reader has said so twice. */
export function ConfirmButton(props: {
  label: string;
  /** Of the thing, for who hears only the button. */
  name: string;
  title: string;
  text: string;
  isBusy: boolean;
  onConfirm: () => void;
}) {
  const [isAsking, setIsAsking] = createSignal(false);
  return (
    <>
      <button
        type="button"
        class="button button-quiet text-bad"
        aria-label={`${props.label}: ${props.name}`}
        disabled={props.isBusy}
        onClick={() => setIsAsking(true)}
      >
        {props.label}
      </button>
      <Show when={isAsking()}>
        <Suspense>
          <ConfirmDialog
            title={props.title}
            text={props.text}
            confirm={props.label}
            dismiss={t().app.cancel}
            onConfirm={() => {
              setIsAsking(false);
              props.onConfirm();
            }}
            onDismiss={() => setIsAsking(false)}
          />
        </Suspense>
      </Show>
    </>
  );
}
