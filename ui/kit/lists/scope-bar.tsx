import { createSignal, createUniqueId, type JSX, lazy, Show, Suspense } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../icon.tsx";
import { isScoped, type ListScope } from "./list-scope.ts";
import { ScopeChips } from "./scope-chips.tsx";

const ScopeFilter = lazy(() => import("./scope-filter.tsx"));

/** The line above a list: its own controls, then the button that opens the filters all lists have. */
export function ScopeBar(props: {
  scope: ListScope;
  tags: readonly string[];
  onChange: (scope: Partial<ListScope>) => void;
  children?: JSX.Element;
  /** Further filters of this list; where there is no room, they open with the others. */
  more?: JSX.Element;
}) {
  const [isOpen, setIsOpen] = createSignal(false);
  const id = createUniqueId();
  return (
    <div class="mt-4 print:hidden">
      <div class="flex flex-wrap items-center gap-2">
        {props.children}
        <div
          class="flex-wrap gap-2 max-lg:order-last max-lg:w-full lg:flex"
          classList={{ "max-lg:hidden": !isOpen(), flex: isOpen() }}
        >
          {props.more}
        </div>
        <button
          type="button"
          class="button"
          aria-expanded={isOpen()}
          aria-controls={id}
          onClick={() => setIsOpen((was) => !was)}
        >
          <Icon name="filter" />
          {t().lists.filter}
          <Show when={isScoped(props.scope)}>
            <span class="size-2 rounded-full bg-accent-fill">
              <span class="sr-only">{t().lists.filtered}</span>
            </span>
          </Show>
        </button>
      </div>
      <Show when={isOpen()}>
        <Suspense>
          <ScopeFilter id={id} scope={props.scope} tags={props.tags} onChange={props.onChange} />
        </Suspense>
      </Show>
      <ScopeChips scope={props.scope} onChange={props.onChange} />
    </div>
  );
}
