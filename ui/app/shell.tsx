import type { RouteSectionProps } from "@solidjs/router";
import { useQueryClient } from "@tanstack/solid-query";
import {
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  on,
  Show,
  Suspense,
} from "solid-js";
import { Shortcuts } from "../features/palette/shortcuts.tsx";
import { lazyWithWords } from "../i18n/lazy-with-words.ts";
import { t } from "../i18n/translate.ts";
import { isSignedIn, setIsSignedIn } from "../kit/access.ts";
import { request } from "../kit/api.ts";
import { FaultDetails } from "../kit/fault-details.tsx";
import { listen } from "../kit/listen.ts";
import { PageSkeleton } from "../kit/page-skeleton.tsx";
import { sayWhy } from "../kit/say-why.ts";
import { announce, Toasts } from "../kit/toasts.tsx";
import { trouble } from "../kit/trouble.ts";
import { MainNavigation } from "./main-navigation.tsx";
import { PreferenceSwitches } from "./preference-switches.tsx";
import { TroubleBanner } from "./trouble-banner.tsx";

const MeasureOffer = lazyWithWords(
  () => import("../features/settings/measure-offer.tsx"),
  "settings",
);

/** What stands around every page: a slate rail on wide screens, a bar above and below on narrow ones. */
export function Shell(props: RouteSectionProps) {
  let main: HTMLElement | undefined;
  // A report needs the whole width and starts at once: known before its code is there, so that nothing moves.
  const isReport = () => /^\/runs\/./.test(props.location.pathname);
  // What came of it is read after nobody offers it any more.
  const offered = createMemo<string | null>((was) => was ?? trouble()?.to_measure ?? null, null);
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
        class={`mx-auto w-full min-w-0 px-4 pb-28 outline-none sm:px-6 lg:pb-16 print:max-w-none print:p-0 ${isReport() ? "max-w-[100rem] pt-4 lg:px-7" : "max-w-6xl pt-6 lg:px-10 lg:pt-10"}`}
      >
        <OfflineNotice />
        <TroubleBanner />
        <Show when={offered()}>
          {(model) => (
            <Suspense>
              <MeasureOffer model={model()} />
            </Suspense>
          )}
        </Show>
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
  listen(window, "online", follow);
  listen(window, "offline", follow);
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

/** What browsers say when the file of a page cannot be had: a deployment has taken it away, or the network is gone. */
const NO_FILE = /dynamically imported module|importing a module script failed/i;

/** The last net: a page threw while it was drawn, or its code is not there. */
function CrashNotice(props: { error: unknown; reset: () => void }) {
  const isFileMissing = () => NO_FILE.test(String(props.error));
  return (
    <div role="alert" class="card max-w-2xl p-6">
      <h1 class="text-lg font-semibold">{t().error.title}</h1>
      <p class="mt-2 text-soft">{isFileMissing() ? t().error.outdated : t().error.crashed}</p>
      <p class="code mt-4">{String(props.error).slice(0, 500)}</p>
      <FaultDetails error={props.error} requestId={null} />
      <div class="mt-4 flex gap-2">
        <button type="button" class="button button-primary" onClick={() => props.reset()}>
          {t().app.retry}
        </button>
        <button type="button" class="button" onClick={() => location.reload()}>
          {t().error.reload}
        </button>
      </div>
    </div>
  );
}

/** Ends the sign-in on the server too, so the cookie is worth nothing afterwards. */
function SignOut() {
  const queryClient = useQueryClient();
  async function leave(): Promise<void> {
    try {
      await request("DELETE /api/session");
      setIsSignedIn(false);
      await queryClient.resetQueries();
    } catch (error) {
      announce(sayWhy(error));
    }
  }
  return (
    <Show when={isSignedIn()}>
      <button
        type="button"
        class="rounded-field px-3 py-1.5 text-xs whitespace-nowrap text-stone-soft hover:text-stone-ink"
        onClick={leave}
      >
        {t().app.signOut}
      </button>
    </Show>
  );
}

/** A streak of gold on the stone: what a touchstone is for. */
function Wordmark() {
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
