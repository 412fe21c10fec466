import { useInfiniteQuery } from "@tanstack/solid-query";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import type { CreatedKey } from "../../../src/contract-access.ts";
import { t } from "../../i18n/translate.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { LoadMore } from "../../kit/load-more.tsx";
import { CreateKeyForm } from "./create-key-form.tsx";
import { KeyRow } from "./key-row.tsx";
import { NewKey } from "./new-key.tsx";
import { Section } from "./section.tsx";
import type { ProjectChoice } from "./settings-api.ts";
import { keysQuery } from "./settings-queries.ts";

/** The keys of a project: made, named, withdrawn. */
export function KeySection(props: { project: ProjectChoice }) {
  const query = useInfiniteQuery(() => keysQuery(props.project));
  const keys = () =>
    query.isPending ? [] : (query.data?.pages.flatMap((page) => page.keys) ?? []);
  const [created, setCreated] = createSignal<CreatedKey | null>(null);
  return (
    <Section id="keys" title={t().settings.keys} text={t().settings.keysText}>
      <Show
        when={created()}
        fallback={<CreateKeyForm project={props.project} onCreated={setCreated} />}
      >
        {(key) => <NewKey created={key()} onDone={() => setCreated(null)} />}
      </Show>
      <Switch>
        <Match when={query.isPending}>
          <div class="skeleton mt-5 h-16" />
        </Match>
        <Match when={query.isError && keys().length === 0 && query.error}>
          {(error) => <ErrorNotice error={error()} onRetry={() => query.refetch()} />}
        </Match>
        <Match when={keys().length === 0}>
          <p class="mt-5 text-soft">{t().settings.noKeys}</p>
        </Match>
        <Match when={true}>
          <ul class="mt-5 divide-y divide-line border-y border-line">
            <For each={keys()}>{(key) => <KeyRow info={key} project={props.project} />}</For>
          </ul>
          <LoadMore
            hasMore={query.hasNextPage}
            isLoading={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
        </Match>
      </Switch>
    </Section>
  );
}
