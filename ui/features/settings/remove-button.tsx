import { createSignal, lazy, Show, Suspense } from "solid-js";
import { t } from "../../i18n/translate.ts";

const ConfirmDialog = lazy(() => import("../../kit/confirm-dialog.tsx"));

/** Removes a named thing, once the reader has said so twice. */
export function RemoveButton(props: {
  name: string;
  text: string;
  isBusy: boolean;
  onRemove: () => void;
}) {
  const [isAsking, setIsAsking] = createSignal(false);
  return (
    <>
      <button
        type="button"
        class="button button-quiet text-bad"
        aria-label={`${t().settings.remove}: ${props.name}`}
        disabled={props.isBusy}
        onClick={() => setIsAsking(true)}
      >
        {t().settings.remove}
      </button>
      <Show when={isAsking()}>
        <Suspense>
          <ConfirmDialog
            title={t().settings.removeTitle(props.name)}
            text={props.text}
            confirm={t().settings.remove}
            dismiss={t().settings.cancel}
            onConfirm={() => {
              setIsAsking(false);
              props.onRemove();
            }}
            onDismiss={() => setIsAsking(false)}
          />
        </Suspense>
      </Show>
    </>
  );
}
