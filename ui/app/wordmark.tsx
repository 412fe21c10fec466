import { t } from "../i18n/translate.ts";
import { isSignedIn } from "../kit/access.ts";

/** A streak of gold on the stone: what a touchstone is for. */
export function Wordmark() {
  return (
    <a href="/" class="flex items-center gap-2.5 rounded-field lg:px-2">
      <svg class="size-7 shrink-0" viewBox="0 0 28 28" fill="none" aria-hidden="true">
        <rect x="0.5" y="0.5" width="27" height="27" rx="7" class="fill-stone-line" />
        <path d="M7 19.5 20 6.5" class="stroke-gold" stroke-width="3.4" stroke-linecap="round" />
        <path
          d="M12.5 22 22 12.8"
          class="stroke-gold/55"
          stroke-width="1.7"
          stroke-linecap="round"
        />
      </svg>
      {/* Beside the way out there is no room for the name on a phone; it stays the link's name. */}
      <span class="flex flex-col leading-tight" classList={{ "max-sm:sr-only": isSignedIn() }}>
        <span class="font-semibold tracking-wide">{t().app.name}</span>
        <span class="hidden text-xs text-balance text-stone-soft lg:block">{t().app.tagline}</span>
      </span>
    </a>
  );
}
