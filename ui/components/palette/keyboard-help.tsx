import { Dialog } from "@kobalte/core/dialog";
import { For } from "solid-js";
import { t } from "../../i18n/translate.ts";

export default function KeyboardHelp(props: { onClose: () => void }) {
  const keys = (): readonly (readonly [string, string])[] => [
    ["Ctrl K / ⌘ K", t().palette.keys.palette],
    ["/", t().palette.keys.search],
    ["?", t().palette.keys.help],
    ["↑ ↓", t().palette.keys.claims],
    ["Home / End", t().palette.keys.ends],
    ["Enter", t().palette.keys.quote],
    ["Esc", t().palette.keys.close],
  ];
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="fixed inset-0 z-40 bg-stone/60" />
        <div class="fixed inset-0 z-50 flex items-center justify-center p-4">
          <Dialog.Content class="card w-full max-w-md p-6 shadow-xl">
            <Dialog.Title class="text-lg font-semibold">{t().palette.helpTitle}</Dialog.Title>
            <dl class="mt-4 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-5 gap-y-2.5 text-sm">
              <For each={keys()}>
                {([key, meaning]) => (
                  <>
                    <dt>
                      <kbd class="rounded border border-line-strong bg-raised px-1.5 py-0.5 font-mono text-xs whitespace-nowrap">
                        {key}
                      </kbd>
                    </dt>
                    <dd class="text-soft">{meaning}</dd>
                  </>
                )}
              </For>
            </dl>
            <div class="mt-6 flex justify-end">
              <button type="button" class="button" onClick={() => props.onClose()}>
                {t().app.close}
              </button>
            </div>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  );
}
