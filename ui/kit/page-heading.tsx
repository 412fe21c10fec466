import { createEffect, type JSX, Show } from "solid-js";
import { t } from "../i18n/translate.ts";

/** The one first-level heading of a page, which also names the tab. */
export function PageHeading(props: {
  title: string;
  intro?: string;
  tab?: string;
  children?: JSX.Element;
}) {
  nameTab(() => props.tab ?? props.title);
  return (
    <div class="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div class="min-w-0 flex-1 basis-60">
        <h1 class="text-2xl font-semibold tracking-tight">{props.title}</h1>
        <Show when={props.intro}>
          <p class="mt-1 max-w-[65ch] text-soft">{props.intro}</p>
        </Show>
      </div>
      <div class="flex flex-wrap items-center gap-2 print:hidden">{props.children}</div>
    </div>
  );
}

export function nameTab(name: () => string): void {
  createEffect(() => {
    document.title = `${name()} · ${t().app.name}`;
  });
}
