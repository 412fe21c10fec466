import { createSignal, For, Show } from "solid-js";
import { t } from "../i18n/translate.ts";
import { isElsewhere } from "./letter-keys.ts";
import { listen } from "./listen.ts";

const SHOWN_MS = 6000;
/** Longer than a plain one: there is something to decide. */
const OFFER_MS = 9000;
const MOST = 3;

/** Something the reader may still do about what is said. */
export interface Offer {
  label: string;
  onTake: () => void;
  /** Once, when the toast goes and the offer was not taken; also when the page is left. */
  onLapse?: () => void;
}

interface Toast {
  id: number;
  text: string;
  offer: Offer | null;
}

const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let lastId = 0;

/** Says something once: in the corner to who sees, through the live region to who listens. */
export function announce(text: string, offer: Offer | null = null): void {
  lastId += 1;
  const toast = { id: lastId, text, offer };
  for (const old of toasts().slice(0, Math.max(0, toasts().length + 1 - MOST))) lapse(old);
  setToasts((shown) => [...shown, toast]);
  startTimer(toast);
}

function startTimer(toast: Toast): void {
  clearTimeout(timers.get(toast.id));
  timers.set(
    toast.id,
    setTimeout(() => lapse(toast), toast.offer ? OFFER_MS : SHOWN_MS),
  );
}

/** Takes a toast away; false when it was gone already. */
function remove(toast: Toast): boolean {
  const isShown = toasts().includes(toast);
  clearTimeout(timers.get(toast.id));
  timers.delete(toast.id);
  setToasts((shown) => shown.filter((one) => one !== toast));
  return isShown;
}

function lapse(toast: Toast): void {
  if (remove(toast)) toast.offer?.onLapse?.();
}

function take(toast: Toast): void {
  if (remove(toast)) toast.offer?.onTake();
}

/** Who is reading or reaching for the button is not hurried. */
function hold(toast: Toast): void {
  clearTimeout(timers.get(toast.id));
}

export function Toasts() {
  const lapseAll = () => {
    for (const toast of toasts()) lapse(toast);
  };
  const takeLast = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
    const last = toasts().findLast((toast) => toast.offer !== null);
    if (!last || isElsewhere(event.target)) return;
    event.preventDefault();
    take(last);
  };
  listen(window, "pagehide", lapseAll);
  listen(window, "keydown", takeLast);
  return (
    <div
      role="status"
      class="pointer-events-none fixed inset-x-4 bottom-24 z-40 flex flex-col items-center gap-2 lg:right-8 lg:bottom-8 lg:left-auto lg:items-end print:hidden"
    >
      <For each={toasts()}>
        {(toast) => (
          <div
            class="flex max-w-md items-center gap-4 rounded-field bg-stone px-4 py-2.5 text-sm text-stone-ink shadow-lg ring-1 ring-stone-line"
            classList={{ "pointer-events-auto": toast.offer !== null }}
            onPointerEnter={() => hold(toast)}
            onPointerLeave={() => startTimer(toast)}
            onFocusIn={() => hold(toast)}
            onFocusOut={() => startTimer(toast)}
          >
            <p class="line-clamp-2 min-w-0 break-words">{toast.text}</p>
            <Show when={toast.offer}>
              {(offer) => (
                <button
                  type="button"
                  class="rail -my-1 shrink-0 rounded-md px-2 py-1 font-medium text-gold underline underline-offset-3"
                  title={t().app.undoKey}
                  onClick={() => take(toast)}
                >
                  {offer().label}
                </button>
              )}
            </Show>
          </div>
        )}
      </For>
    </div>
  );
}
