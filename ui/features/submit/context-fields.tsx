import { Index, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";

/** One box a passage. There is always at least one, so there is always something to type into. */
export function ContextFields(props: {
  contexts: readonly string[];
  onContexts: (contexts: string[]) => void;
}) {
  let list: HTMLOListElement | undefined;
  function add(): void {
    props.onContexts([...props.contexts, ""]);
    list?.querySelector<HTMLTextAreaElement>("li:last-child textarea")?.focus();
  }
  function remove(at: number): void {
    props.onContexts(props.contexts.filter((_, index) => index !== at));
    list?.querySelector<HTMLTextAreaElement>("li:last-child textarea")?.focus();
  }
  return (
    <fieldset>
      <legend class="font-medium">{t().submit.contexts}</legend>
      <p class="text-sm text-faint">{t().submit.contextsHelp}</p>
      <ol ref={list} class="mt-1.5 grid grid-cols-1 gap-2">
        <Index each={props.contexts}>
          {(text, at) => (
            <li class="flex items-start gap-2">
              <textarea
                class="field field-sizing-content max-h-72 min-h-11 resize-y"
                rows={2}
                aria-label={t().submit.context(at + 1)}
                placeholder={t().submit.context(at + 1)}
                value={text()}
                onInput={(event) =>
                  props.onContexts(props.contexts.with(at, event.currentTarget.value))
                }
              />
              <Show when={props.contexts.length > 1}>
                <button
                  type="button"
                  class="button button-quiet mt-1 px-2.5"
                  aria-label={t().submit.removeContext(at + 1)}
                  title={t().submit.removeContext(at + 1)}
                  onClick={() => remove(at)}
                >
                  <Icon name="cross" />
                </button>
              </Show>
            </li>
          )}
        </Index>
      </ol>
      <button type="button" class="button mt-2" onClick={add}>
        <Icon name="submit" />
        {t().submit.addContext}
      </button>
    </fieldset>
  );
}
