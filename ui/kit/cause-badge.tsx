import { Show } from "solid-js";
import { t, wordFor } from "../i18n/translate.ts";

export function CauseBadge(props: { cause: string | null }) {
  return (
    <Show when={props.cause}>
      {(cause) => (
        <span class="inline-flex items-center rounded-full bg-accent-wash px-2 py-0.5 text-xs text-accent">
          {wordFor(t().causes, cause())}
        </span>
      )}
    </Show>
  );
}
