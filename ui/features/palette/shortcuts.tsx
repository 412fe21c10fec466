import { createSignal, Show, Suspense } from "solid-js";
import { lazyWithWords } from "../../i18n/lazy-with-words.ts";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";
import { isLetterKey } from "../../kit/letter-keys.ts";
import { listen } from "../../kit/listen.ts";

const CommandPalette = lazyWithWords(() => import("./command-palette.tsx"), "palette");
const KeyboardHelp = lazyWithWords(() => import("./keyboard-help.tsx"), "palette");

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keys that work on every page, and the button that tells of them. Neither dialog is loaded before it opens. */
export function Shortcuts() {
  const [open, setOpen] = createSignal<"palette" | "help" | null>(null);
  listen(window, "keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      setOpen((now) => (now === "palette" ? null : "palette"));
      return;
    }
    if (!isLetterKey(event)) return;
    // And what a Chinese input method makes of the key.
    if (event.key === "?" || event.key === "？") setOpen("help");
    if (event.key === "/") focusSearch(event);
  });
  return (
    <>
      <button
        type="button"
        class="hidden items-center gap-3 rounded-field border border-stone-line px-3 py-2 text-sm whitespace-nowrap text-stone-soft hover:text-stone-ink lg:flex"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen("palette")}
      >
        <Icon name="search" />
        {t().app.find}
        <kbd class="ml-auto font-mono text-xs">{IS_APPLE ? "⌘ K" : "Ctrl K"}</kbd>
      </button>
      <Suspense>
        <Show when={open() === "palette"}>
          <CommandPalette onClose={() => setOpen(null)} onHelp={() => setOpen("help")} />
        </Show>
        <Show when={open() === "help"}>
          <KeyboardHelp onClose={() => setOpen(null)} />
        </Show>
      </Suspense>
    </>
  );
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLInputElement>("main input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
}
