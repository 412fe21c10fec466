import type { RouteSectionProps } from "@solidjs/router";
import {
  createEffect,
  createSignal,
  ErrorBoundary,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
} from "solid-js";
import { Shortcuts } from "../features/palette/shortcuts.tsx";
import { t } from "../i18n/translate.ts";
import { PageSkeleton } from "../kit/page-skeleton.tsx";
import { Toasts } from "../kit/toasts.tsx";
import { CrashNotice } from "./crash-notice.tsx";
import { MainNavigation } from "./main-navigation.tsx";
import { PreferenceSwitches } from "./preference-switches.tsx";
import { SignOut } from "./sign-out.tsx";
import { Wordmark } from "./wordmark.tsx";

/** What stands around every page: a slate rail on wide screens, a bar above and below on narrow ones. */
export function Shell(props: RouteSectionProps) {
  let main: HTMLElement | undefined;
  // A page change without a page load: keys and screen readers go on from the new page, not from the old link.
  createEffect(
    on(
      () => props.location.pathname,
      () => main?.focus({ preventScroll: true }),
      { defer: true },
    ),
  );
  return (
    <div class="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)] print:block">
      <a
        href="#main"
        class="sr-only z-50 rounded-field bg-gold px-4 py-2 font-medium text-stone focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        {t().app.skip}
      </a>
      <header class="rail sticky top-0 z-30 flex items-center justify-between gap-3 bg-stone px-4 py-2.5 text-stone-ink lg:h-dvh lg:flex-col lg:items-stretch lg:justify-start lg:gap-8 lg:px-4 lg:py-6 print:hidden">
        <Wordmark />
        <MainNavigation />
        <Shortcuts />
        <div class="flex items-center gap-2 lg:mt-auto lg:flex-col lg:items-stretch">
          <SignOut />
          <PreferenceSwitches />
        </div>
      </header>
      <main
        ref={main}
        id="main"
        tabindex="-1"
        class="mx-auto w-full max-w-6xl min-w-0 px-4 pt-6 pb-28 outline-none sm:px-6 lg:px-10 lg:pt-10 lg:pb-16 print:max-w-none print:p-0"
      >
        <OfflineNotice />
        <ErrorBoundary fallback={(error, reset) => <CrashNotice error={error} reset={reset} />}>
          <Suspense fallback={<PageSkeleton />}>{props.children}</Suspense>
        </ErrorBoundary>
      </main>
      <Toasts />
    </div>
  );
}

function OfflineNotice() {
  const [isOnline, setIsOnline] = createSignal(navigator.onLine);
  const follow = () => setIsOnline(navigator.onLine);
  onMount(() => {
    addEventListener("online", follow);
    addEventListener("offline", follow);
  });
  onCleanup(() => {
    removeEventListener("online", follow);
    removeEventListener("offline", follow);
  });
  return (
    <div role="status">
      <Show when={!isOnline()}>
        {/* Over the page: what the reader is in the middle of must not move. */}
        <p class="fixed inset-x-4 bottom-18 z-40 mx-auto w-fit rounded-field bg-warn-wash px-4 py-1.5 text-sm text-warn shadow-lg ring-1 ring-warn lg:top-2 lg:bottom-auto lg:left-64 print:hidden">
          {t().app.offline}
        </p>
      </Show>
    </div>
  );
}
