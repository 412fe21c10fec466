import { For } from "solid-js";
import { t } from "../i18n/translate.ts";

/** Holds the place of what is coming, in about its size. */
export function PageSkeleton() {
  return (
    <div aria-busy="true">
      <div class="skeleton h-8 w-40" />
      <div class="skeleton mt-3 h-4 w-80 max-w-full" />
      <CardSkeletons />
    </div>
  );
}

export function CardSkeletons(props: { n?: number; class?: string }) {
  return (
    <div class={props.class ?? "mt-6 grid gap-4"}>
      <span class="sr-only" role="status">
        {t().app.loading}
      </span>
      <For each={Array.from({ length: props.n ?? 3 })}>
        {() => (
          <div class="card p-5" aria-hidden="true">
            <div class="skeleton h-4 w-32" />
            <div class="skeleton mt-4 h-5 w-3/4" />
            <div class="mt-5 grid gap-3 sm:grid-cols-2">
              <div class="skeleton h-4" />
              <div class="skeleton h-4" />
              <div class="skeleton h-4" />
              <div class="skeleton h-4" />
            </div>
          </div>
        )}
      </For>
    </div>
  );
}
