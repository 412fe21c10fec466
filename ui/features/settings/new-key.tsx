import { onMount } from "solid-js";
import type { CreatedKey } from "../../../src/contract-access.ts";
import { t } from "../../i18n/translate.ts";
import { CopyButton } from "../../kit/copy-button.tsx";

/** A key just made. It lives in this box and goes with it. */
export function NewKey(props: { created: CreatedKey; onDone: () => void }) {
  let heading: HTMLHeadingElement | undefined;
  onMount(() => heading?.focus());
  return (
    <div class="mt-4 rounded-field border border-accent-fill bg-accent-wash p-4">
      <h3 ref={heading} tabindex="-1" class="font-semibold break-words outline-none">
        {t().settings.newKey(props.created.name)}
      </h3>
      <p class="mt-1 text-sm">{t().settings.newKeyText}</p>
      <div class="mt-3 flex flex-wrap items-center gap-2">
        <code class="min-w-0 flex-1 basis-60 rounded-field bg-surface px-3 py-2 font-mono text-[0.8125rem] break-all">
          {props.created.key}
        </code>
        <CopyButton
          text={props.created.key}
          said={t().settings.keyCopied}
          class="button button-primary"
        />
        <button type="button" class="button" onClick={() => props.onDone()}>
          {t().settings.newKeyDone}
        </button>
      </div>
    </div>
  );
}
