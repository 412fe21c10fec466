import { createEffect, createSignal, For, on, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { createTyping } from "../../kit/create-typing.ts";
import { Modal } from "../../kit/modal.tsx";
import { createCommands } from "./create-commands.ts";

/** Everything by name. A combobox: the box keeps the focus, the arrow keys move the choice. */
export default function CommandPalette(props: { onClose: () => void; onHelp: () => void }) {
  const [searched, setSearched] = createSignal("");
  const [words, type] = createTyping(searched, setSearched);
  const [at, setAt] = createSignal(0);
  const { list: commands, isSearching, hasFailed } = createCommands(words, searched, props.onHelp);
  createEffect(on(words, () => setAt(0)));

  function choose(index: number): void {
    const command = commands()[index];
    if (!command) return;
    props.onClose();
    command.run();
  }
  function move(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = commands().length - 1;
    if (event.key === "ArrowDown") setAt((now) => (now >= last ? 0 : now + 1));
    else if (event.key === "ArrowUp") setAt((now) => (now <= 0 ? Math.max(0, last) : now - 1));
    else if (event.key === "Enter") choose(at());
    else return;
    event.preventDefault();
    document.getElementById(`command-${at()}`)?.scrollIntoView({ block: "nearest" });
  }

  return (
    <Modal
      title={t().app.find}
      titleClass="sr-only"
      at="items-start pt-[12vh]"
      class="flex max-h-[70vh] max-w-xl flex-col overflow-hidden"
      onClose={props.onClose}
    >
      <input
        class="w-full border-b border-line bg-transparent px-5 py-4 text-base text-ink outline-none placeholder:text-faint"
        role="combobox"
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant={commands().length > 0 ? `command-${at()}` : undefined}
        aria-label={t().palette.placeholder}
        placeholder={t().palette.placeholder}
        autocomplete="off"
        value={words()}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={move}
      />
      <div
        id="commands"
        role="listbox"
        aria-label={t().palette.results}
        class="overflow-y-auto p-2"
      >
        <For
          each={commands()}
          fallback={
            <Show when={!isSearching()}>
              <p class="px-3 py-4 text-soft">{t().palette.nothing}</p>
            </Show>
          }
        >
          {(command, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box above holds the focus and hears the keys
            <div
              id={`command-${index()}`}
              role="option"
              tabIndex={-1}
              aria-selected={at() === index()}
              class="flex cursor-pointer items-center gap-4 rounded-field px-3 py-2 aria-selected:bg-accent-wash"
              onPointerMove={() => setAt(index())}
              onClick={() => choose(index())}
            >
              <span class="w-20 shrink-0 text-xs text-faint">{command.group}</span>
              <span class="truncate">{command.title}</span>
            </div>
          )}
        </For>
      </div>
      <p
        role="status"
        class="flex flex-wrap justify-between gap-x-4 border-t border-line px-5 py-2 text-xs text-faint"
      >
        <span class="max-sm:hidden">{t().palette.usage}</span>
        <span>
          <Show when={isSearching()}>{t().palette.searching}</Show>
          <Show when={hasFailed()}>{t().palette.searchFailed}</Show>
        </span>
      </p>
    </Modal>
  );
}
