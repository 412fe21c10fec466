import { createSignal, For } from "solid-js";

const SHOWN_MS = 6000;
const MOST = 3;

interface Toast {
  id: number;
  text: string;
}

const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
let lastId = 0;

/** Says something once: in the corner to who sees, through the live region to who listens. */
export function announce(text: string): void {
  lastId += 1;
  const id = lastId;
  setToasts((shown) => [...shown, { id, text }].slice(-MOST));
  setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), SHOWN_MS);
}

export function Toasts() {
  return (
    <div
      role="status"
      class="pointer-events-none fixed inset-x-4 bottom-24 z-40 flex flex-col items-center gap-2 lg:right-8 lg:bottom-8 lg:left-auto lg:items-end print:hidden"
    >
      <For each={toasts()}>
        {(toast) => (
          <p class="line-clamp-2 max-w-md rounded-field bg-stone px-4 py-2.5 text-sm text-stone-ink shadow-lg ring-1 ring-stone-line">
            {toast.text}
          </p>
        )}
      </For>
    </div>
  );
}
