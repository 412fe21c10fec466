import { For } from "solid-js";
import { t } from "../../i18n/translate.ts";

/** Title, facts, the strip of metrics, advice. */
export function ReportSkeleton() {
  return (
    <div class="mt-3">
      <span class="sr-only" role="status">
        {t().app.loading}
      </span>
      <div aria-hidden="true">
        <div class="skeleton h-6 w-2/3" />
        <div class="skeleton mt-2 h-4 w-80 max-w-full" />
        <div class="card mt-8 grid grid-cols-2 gap-px overflow-hidden lg:grid-cols-4">
          <For each={Array.from({ length: 4 })}>
            {() => (
              <div class="h-32 p-4">
                <div class="skeleton h-4 w-24" />
                <div class="skeleton mt-3 h-8 w-16" />
                <div class="skeleton mt-4 h-3" />
              </div>
            )}
          </For>
        </div>
        <div class="skeleton mt-14 h-6 w-32" />
        <div class="card mt-3 h-56" />
        <div class="card mt-4 h-56" />
      </div>
    </div>
  );
}
