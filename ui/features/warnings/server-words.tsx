import { createSignal, Show, Suspense } from "solid-js";
import type { Warning } from "../../../src/contract/outcome.ts";
import { lazyWithWords } from "../../i18n/lazy-with-words.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";

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

const WarningList = lazyWithWords(() => import("./warning-list.tsx"), "jobs", "warnings");

/** What intake found odd, each with its fix; folded, because the scores matter more. */
export function JobWarnings(props: { warnings: readonly Warning[] }) {
  const [isOpen, setIsOpen] = createSignal(false);
  return (
    <Show when={props.warnings.length > 0}>
      <details
        class="group mt-4 rounded-field bg-warn-wash text-sm"
        onToggle={(event) => setIsOpen(event.currentTarget.open)}
      >
        <summary class="flex list-none items-center gap-2 rounded-field px-3 py-2 font-medium text-warn">
          <Icon name="warning" />
          {t().jobs.warnings(props.warnings.length)}
          <Icon name="down" class="ml-auto group-open:rotate-180" />
        </summary>
        <Show when={isOpen()}>
          <Suspense>
            <WarningList warnings={props.warnings} />
          </Suspense>
        </Show>
      </details>
    </Show>
  );
}
