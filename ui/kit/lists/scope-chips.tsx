import { For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatDay } from "../format.ts";
import { Icon } from "../icon.tsx";
import { isScoped, type ListScope } from "./list-scope.ts";

/** What narrows the list, each to be taken away with one press. */
export function ScopeChips(props: {
  scope: ListScope;
  onChange: (scope: Partial<ListScope>) => void;
}) {
  const parts = (): readonly (readonly [keyof ListScope, string])[] =>
    (["tag", "session", "from", "to"] as const)
      .filter((part) => props.scope[part] !== "")
      .map((part) => {
        const value = props.scope[part];
        return [part, part === "from" || part === "to" ? formatDay(value) : value];
      });
  return (
    <Show when={isScoped(props.scope)}>
      <ul class="mt-3 flex flex-wrap gap-2">
        <For each={parts()}>
          {([part, value]) => (
            <li class="inline-flex max-w-full items-center gap-1 rounded-full bg-accent-wash py-0.5 pr-1 pl-3 text-sm text-accent">
              <span class="truncate">
                {t().lists[part]}: {value}
              </span>
              <button
                type="button"
                class="rounded-full p-1.5 hover:bg-surface"
                aria-label={t().lists.remove(`${t().lists[part]}: ${value}`)}
                onClick={() => props.onChange({ [part]: "" })}
              >
                <Icon name="cross" class="size-3" />
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
