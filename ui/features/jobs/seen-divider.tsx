import { t } from "../../i18n/translate.ts";

/** Stands above the first job the reader has seen before. */
export function SeenDivider() {
  return (
    <p class="flex items-center gap-3 pb-4 text-xs font-medium text-accent">
      <span aria-hidden="true" class="h-px flex-1 bg-accent-fill" />
      {t().jobs.seenBefore}
      <span aria-hidden="true" class="h-px flex-1 bg-accent-fill" />
    </p>
  );
}
