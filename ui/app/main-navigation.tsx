import { useLocation } from "@solidjs/router";
import { For } from "solid-js";
import { t } from "../i18n/translate.ts";
import { Icon } from "../kit/icon.tsx";
import { ROOMS, type Room } from "../kit/rooms.ts";

/** In the rail on wide screens; under the thumb on narrow ones. */
export function MainNavigation() {
  const location = useLocation();
  const isHere = (room: Room) => roomOf(location.pathname) === room;
  return (
    <nav
      aria-label={t().app.navigation}
      class="fixed inset-x-0 bottom-0 z-30 border-t border-stone-line bg-stone pb-[env(safe-area-inset-bottom)] lg:static lg:border-0 lg:pb-0"
    >
      <ul class="flex lg:flex-col lg:gap-1">
        <For each={ROOMS}>
          {({ room, href, icon }) => (
            <li class="min-w-0 flex-1">
              <a
                href={href}
                aria-current={isHere(room) ? "page" : undefined}
                class="flex flex-col items-center gap-1 border-t-2 border-transparent py-2 text-center text-[0.625rem] leading-tight text-stone-soft sm:px-3 sm:text-xs hover:text-stone-ink aria-[current=page]:border-gold aria-[current=page]:text-stone-ink lg:flex-row lg:gap-3 lg:rounded-field lg:border-t-0 lg:border-l-2 lg:px-3 lg:py-2.5 lg:text-left lg:text-[0.9375rem] lg:hover:bg-stone-line/50 lg:aria-[current=page]:bg-stone-line"
              >
                <Icon name={icon} />
                {t().nav[room]}
              </a>
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}

function roomOf(path: string): Room | null {
  if (path === "/" || path.startsWith("/jobs")) return "jobs";
  if (path.startsWith("/runs") || path === "/compare") return "runs";
  if (path.startsWith("/review")) return "review";
  if (path.startsWith("/test-sets") || path.startsWith("/experiments")) return "testSets";
  if (path.startsWith("/connect")) return "connect";
  if (path.startsWith("/notifications")) return "notifications";
  if (path.startsWith("/settings")) return "settings";
  return path.startsWith("/submit") ? "submit" : null;
}
