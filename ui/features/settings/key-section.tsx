import { useInfiniteQuery } from "@tanstack/solid-query";
import { createSignal, onMount, Show } from "solid-js";
import type { CreatedKey } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { CopyButton } from "../../kit/copy-button.tsx";
import { dataOf } from "../../kit/data-of.ts";
import { ListView } from "../../kit/list-view.tsx";
import { CreateKeyForm } from "./create-key-form.tsx";
import { KeyRow } from "./key-row.tsx";
import { Rows, Section } from "./parts.tsx";
import type { ProjectChoice } from "./settings-api.ts";
import { keysQuery } from "./settings-queries.ts";

/** The keys of a project: made, named, withdrawn. */
export function KeySection(props: { project: ProjectChoice }) {
  const query = useInfiniteQuery(() => keysQuery(props.project));
  const keys = () => dataOf(query)?.pages.flatMap((page) => page.keys) ?? [];
  const [created, setCreated] = createSignal<CreatedKey | null>(null);
  return (
    <Section id="keys" title={t().settings.keys} text={t().settings.keysText}>
      <Show
        when={created()}
        fallback={<CreateKeyForm project={props.project} onCreated={setCreated} />}
      >
        {(key) => <NewKey created={key()} onDone={() => setCreated(null)} />}
      </Show>
      <ListView query={query} skeleton={<div class="skeleton mt-5 h-16" />} errorClass="">
        {/* By their ids: a key that was used in the meantime is told anew, and must not close what is typed into its row. */}
        <Rows each={keys().map(({ key_id }) => key_id)} none={t().settings.noKeys}>
          {(id) => (
            <Show when={keys().find(({ key_id }) => key_id === id)}>
              {(key) => <KeyRow info={key()} project={props.project} />}
            </Show>
          )}
        </Rows>
      </ListView>
    </Section>
  );
}

/** A key just made. It lives in this box and goes with it. */
function NewKey(props: { created: CreatedKey; onDone: () => void }) {
  let heading: HTMLHeadingElement | undefined;
  onMount(() => heading?.focus());
  return (
    <div class="mt-4 rounded-field border border-accent-fill bg-accent-wash p-4">
      <h3 ref={heading} tabindex="-1" class="font-semibold break-words outline-none">
        {t().settings.newKey(props.created.name)}
      </h3>
      <p class="mt-1 text-sm">{t().settings.newKeyText}</p>
      <div class="mt-3 flex flex-wrap items-center gap-2">
        <code class="min-w-0 flex-1 basis-60 rounded-field bg-surface px-3 py-2 font-mono text-[0.8125rem] break-all">
          {props.created.key}
        </code>
        <CopyButton
          text={props.created.key}
          said={t().settings.keyCopied}
          class="button button-primary"
        />
        <button type="button" class="button" onClick={() => props.onDone()}>
          {t().settings.newKeyDone}
        </button>
      </div>
    </div>
  );
}
