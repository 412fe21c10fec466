import { For } from "solid-js";
import type { Language } from "../../src/contract/outcome.ts";
import { switchLanguage, t } from "../i18n/translate.ts";
import { Icon, type IconName } from "../kit/icon.tsx";
import { htmlLanguage, language, setTheme, type Theme, theme } from "../kit/preferences.ts";

// Each language is named in itself, so that it can be found by who reads only that one.
const LANGUAGES: readonly [Language, string][] = [
  ["zh", "中文"],
  ["en", "EN"],
];
const THEMES: readonly [Theme, IconName][] = [
  ["light", "sun"],
  ["dark", "moon"],
  ["system", "system"],
];

const SEGMENT =
  "flex min-h-8 min-w-8 flex-1 items-center justify-center rounded-md px-2 text-xs whitespace-nowrap text-stone-soft hover:text-stone-ink aria-pressed:bg-stone-line aria-pressed:text-stone-ink";
const GROUP = "flex rounded-field border border-stone-line p-0.5";

export function PreferenceSwitches() {
  return (
    <div class="flex gap-2 lg:flex-col">
      <fieldset class={GROUP}>
        <legend class="sr-only">{t().app.language}</legend>
        <For each={LANGUAGES}>
          {([code, name]) => (
            <button
              type="button"
              lang={htmlLanguage(code)}
              class={SEGMENT}
              aria-pressed={language() === code}
              onClick={() => switchLanguage(code)}
            >
              {name}
            </button>
          )}
        </For>
      </fieldset>
      <fieldset class={GROUP}>
        <legend class="sr-only">{t().app.theme}</legend>
        <For each={THEMES}>
          {([code, icon]) => (
            <button
              type="button"
              class={SEGMENT}
              title={t().app.themes[code]}
              aria-label={t().app.themes[code]}
              aria-pressed={theme() === code}
              onClick={() => setTheme(code)}
            >
              <Icon name={icon} />
            </button>
          )}
        </For>
      </fieldset>
    </div>
  );
}
