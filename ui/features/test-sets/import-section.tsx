import { useQuery } from "@tanstack/solid-query";
import { createSignal, For, Show } from "solid-js";
import type { ImportedTestSet } from "../../../src/contract/test-set.ts";
import { t } from "../../i18n/translate.ts";
import { FileLine } from "../../kit/fields.tsx";
import { formatCount } from "../../kit/format.ts";
import { useSaving } from "../../kit/use-saving.ts";
import { targetsQuery } from "../experiments/experiments-api.ts";
import { RefusalLine, Section } from "../settings/parts.tsx";
import { ALTERED } from "./item-section.tsx";
import { importAnnotations, importFile } from "./test-sets-api.ts";

/** From a file of any tool, or from what people annotated in Dify; and what is odd about it. */
export function ImportSection(props: { setId: string }) {
  const words = () => t().testSets;
  const targets = useQuery(targetsQuery);
  const [imported, setImported] = createSignal<ImportedTestSet | null>(null);
  const wish = { alters: ALTERED, onDone: setImported };
  const fromFile = useSaving(importFile, wish);
  const fromApp = useSaving(importAnnotations, wish);
  const difys = () => (targets.data ?? []).filter(({ kind }) => kind === "dify");
  return (
    <Section title={words().import}>
      <div class="mt-4 grid gap-4">
        <FileLine
          {...{ id: "import-file", label: words().importFile, help: words().fileHelp }}
          disabled={fromFile.isPending}
          onFile={(file) => fromFile.mutate({ id: props.setId, file })}
        />
        <Show when={difys().length > 0}>
          <div class="flex flex-wrap items-center gap-2">
            <span class="text-sm font-medium">{words().annotations}</span>
            <For each={difys()}>
              {({ target_id: targetId, name }) => (
                <button
                  type="button"
                  class="button max-w-full break-all whitespace-normal"
                  disabled={fromApp.isPending}
                  onClick={() => fromApp.mutate({ id: props.setId, targetId })}
                >
                  {name}
                </button>
              )}
            </For>
          </div>
        </Show>
        <RefusalLine error={fromFile.error ?? fromApp.error} />
        <Show when={imported()}>{(known) => <Imported imported={known()} />}</Show>
      </div>
    </Section>
  );
}

function Imported(props: { imported: ImportedTestSet }) {
  const words = () => t().testSets;
  return (
    <div role="status" class="grid gap-2 rounded-field bg-raised p-4 text-sm">
      <p class="text-good">{words().imported(formatCount(props.imported.imported))}</p>
      <Show when={props.imported.answers_as_reference > 0}>
        <p>{words().asReference(formatCount(props.imported.answers_as_reference))}</p>
      </Show>
      <Show when={props.imported.bad_rows.length > 0}>
        <p class="text-bad">{words().badRows(formatCount(props.imported.bad_rows.length))}</p>
        <ul>
          <For each={props.imported.bad_rows}>
            {({ line, reason }) => (
              <li>
                {words().line(formatCount(line))}: {reason}
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.imported.doubtful.length > 0}>
        <p class="text-warn">{words().doubtful(formatCount(props.imported.doubtful.length))}</p>
        <p class="text-soft">{words().doubtfulText}</p>
        <ul class="space-y-1">
          <For each={props.imported.doubtful}>
            {({ item_id, doubt, claim, evidence }) => (
              <li class="break-words">
                <code>{item_id}</code>: {claim} —{" "}
                {doubt === "contradicted" ? words().contradicted : words().notHeld}
                <Show when={evidence}>{(text) => <span class="text-soft"> ({text()})</span>}</Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
