import { For } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { Modal } from "../../kit/modal.tsx";
import { areLetterKeysOn, switchLetterKeys } from "../../kit/preferences.ts";

interface Key {
  /** One press each; keys of one entry do the same in two directions. */
  presses: readonly string[];
  meaning: string;
}

/** Every key that does something, by where it does. */
function keyGroups(): readonly { title: string; keys: readonly Key[] }[] {
  const { keys } = t().keyboard;
  return [
    {
      title: t().keyboard.everywhere,
      keys: [
        { presses: ["Ctrl K", "⌘ K"], meaning: keys.palette },
        { presses: ["/"], meaning: keys.search },
        { presses: ["?"], meaning: keys.help },
        { presses: ["Esc"], meaning: keys.close },
      ],
    },
    {
      title: t().nav.jobs,
      keys: [
        { presses: ["J", "K"], meaning: keys.walk },
        { presses: ["X", "Shift X"], meaning: keys.tick },
        { presses: ["Esc"], meaning: keys.untick },
        { presses: ["Ctrl Z", "⌘ Z"], meaning: keys.undo },
      ],
    },
    {
      title: t().keyboard.evidence,
      keys: [
        { presses: ["↑", "↓"], meaning: keys.claims },
        { presses: ["Home", "End"], meaning: keys.ends },
        { presses: ["Enter"], meaning: keys.quote },
        { presses: ["→", "←"], meaning: keys.cross },
        { presses: ["y", "n", "s"], meaning: keys.opinion },
        { presses: ["Y", "N", "S"], meaning: keys.whole },
        { presses: ["u"], meaning: keys.takeBack },
        { presses: ["p"], meaning: keys.problem },
        { presses: ["j", "k"], meaning: keys.samples },
        { presses: ["r"], meaning: keys.review },
      ],
    },
  ];
}

export default function KeyboardHelp(props: { onClose: () => void }) {
  return (
    <Modal
      title={t().keyboard.title}
      titleClass="text-lg font-semibold"
      at="items-center"
      class="max-h-full max-w-md overflow-y-auto p-6"
      onClose={props.onClose}
    >
      <For each={keyGroups()}>
        {({ title, keys }) => (
          <section>
            <h3 class="mt-5 mb-2.5 text-xs font-medium text-faint">{title}</h3>
            <dl class="grid grid-cols-[7rem_minmax(0,1fr)] items-baseline gap-x-5 gap-y-2.5 text-sm">
              <For each={keys}>{(key) => <KeyLine {...key} />}</For>
            </dl>
          </section>
        )}
      </For>
      <label class="mt-6 flex items-start gap-2.5 border-t border-line pt-5 text-sm">
        <input
          type="checkbox"
          class="mt-0.5 size-4 shrink-0 accent-accent-fill"
          checked={areLetterKeysOn()}
          onChange={(event) => switchLetterKeys(event.currentTarget.checked)}
        />
        <span>
          {t().keyboard.letters}
          <span class="mt-1 block text-faint">{t().keyboard.lettersHint}</span>
        </span>
      </label>
      <div class="mt-6 flex justify-end">
        <button type="button" class="button" onClick={() => props.onClose()}>
          {t().app.close}
        </button>
      </div>
    </Modal>
  );
}

function KeyLine(props: Key) {
  return (
    <>
      <dt class="flex flex-wrap gap-1">
        <For each={props.presses}>
          {(press) => (
            <kbd class="rounded border border-line-strong bg-raised px-1.5 py-0.5 font-mono text-xs whitespace-nowrap">
              {press}
            </kbd>
          )}
        </For>
      </dt>
      <dd class="text-soft">{props.meaning}</dd>
    </>
  );
}
