import { t } from "../i18n/translate.ts";
import { announce } from "./toasts.tsx";

export function CopyButton(props: {
  text: string;
  label?: string;
  said?: string;
  class?: string;
  /** What a screen reader says, where the label alone is not enough. */
  name?: string;
}) {
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(props.text);
      announce(props.said ?? t().app.copied);
    } catch {
      // The clipboard is closed on plain HTTP; the text can still be marked by hand.
      announce(t().error.title);
    }
  }
  return (
    <button type="button" class={props.class ?? "button"} aria-label={props.name} onClick={copy}>
      {props.label ?? t().app.copy}
    </button>
  );
}

/** Lines to paste elsewhere, and the button that copies them. */
export function CopyBlock(props: { text: string; name: string }) {
  return (
    <div class="mt-2 flex flex-wrap items-start gap-2">
      <pre class="code min-w-0 flex-1 basis-60">{props.text}</pre>
      <CopyButton
        text={props.text}
        class="button button-quiet"
        name={`${t().app.copy}: ${props.name}`}
      />
    </div>
  );
}
