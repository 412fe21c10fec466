import { useInfiniteQuery } from "@tanstack/solid-query";
import { For, Match, Switch } from "solid-js";
import type { AuditEntry } from "../../../src/contract-access.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { formatDateTime } from "../../kit/format.ts";
import { LoadMore } from "../../kit/load-more.tsx";
import { Section } from "./section.tsx";
import type { ProjectChoice } from "./settings-api.ts";
import { auditQuery } from "./settings-queries.ts";

/** Who did what in a project. */
export function AuditSection(props: { project: ProjectChoice }) {
  const query = useInfiniteQuery(() => auditQuery(props.project));
  const entries = () =>
    query.isPending ? [] : (query.data?.pages.flatMap((page) => page.entries) ?? []);
  return (
    <Section id="audit" title={t().settings.audit} text={t().settings.auditText}>
      <Switch>
        <Match when={query.isPending}>
          <div class="skeleton mt-5 h-24" />
        </Match>
        <Match when={query.isError && entries().length === 0 && query.error}>
          {(error) => <ErrorNotice error={error()} onRetry={() => query.refetch()} />}
        </Match>
        <Match when={entries().length === 0}>
          <p class="mt-4 text-soft">{t().settings.noAudit}</p>
        </Match>
        <Match when={true}>
          <ol class="mt-4 divide-y divide-line border-y border-line text-sm">
            <For each={entries()}>{(entry) => <AuditLine entry={entry} />}</For>
          </ol>
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

function AuditLine(props: { entry: AuditEntry }) {
  const details = () =>
    Object.entries(props.entry.detail)
      .map(([name, value]) => `${name}: ${value}`)
      .join(", ");
  return (
    <li class="grid gap-x-4 gap-y-0.5 py-2.5 sm:grid-cols-[11rem_9rem_minmax(0,1fr)]">
      <time class="text-faint" datetime={props.entry.at}>
        {formatDateTime(props.entry.at)}
      </time>
      <span class="font-medium">{wordFor(t().settings.actions, props.entry.action)}</span>
      <span class="min-w-0 break-words text-soft">
        {props.entry.actor}
        <span class="block font-mono text-xs break-all text-faint">
          {props.entry.target} {details()}
        </span>
      </span>
    </li>
  );
}
