import { useInfiniteQuery } from "@tanstack/solid-query";
import type { AuditEntry } from "../../../src/contract/access.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { dataOf } from "../../kit/data-of.ts";
import { formatDateTime } from "../../kit/format.ts";
import { ListView } from "../../kit/list-view.tsx";
import { Rows, Section } from "./parts.tsx";
import type { ProjectChoice } from "./settings-api.ts";
import { auditQuery } from "./settings-queries.ts";

/** Who did what in a project. */
export function AuditSection(props: { project: ProjectChoice }) {
  const query = useInfiniteQuery(() => auditQuery(props.project));
  const entries = () => dataOf(query)?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Section id="audit" title={t().settings.audit} text={t().settings.auditText}>
      <ListView query={query} skeleton={<div class="skeleton mt-5 h-24" />} errorClass="">
        <Rows each={entries()} none={t().settings.noAudit}>
          {(entry) => <AuditLine entry={entry} />}
        </Rows>
      </ListView>
    </Section>
  );
}

function AuditLine(props: { entry: AuditEntry }) {
  const details = () =>
    Object.entries(props.entry.detail)
      .map(([name, value]) => `${name}: ${value}`)
      .join(", ");
  return (
    <li class="grid gap-x-4 gap-y-0.5 py-2.5 text-sm sm:grid-cols-[11rem_9rem_minmax(0,1fr)]">
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
