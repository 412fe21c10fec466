import { Show } from "solid-js";
import { t, wordFor } from "../../i18n/translate.ts";

/** Why something could not be scored: in the reader's language as far as the code is known, and in the server's words. */
export function FailureText(props: { error: { code: string; message: string } }) {
  const isKnown = () => Object.hasOwn(t().failures, props.error.code);
  return (
    <span class="min-w-0 break-words">
      <Show when={isKnown()} fallback={props.error.message}>
        {wordFor(t().failures, props.error.code)}{" "}
        <span lang="en" class="block text-xs">
          {props.error.message}
        </span>
      </Show>
    </span>
  );
}
