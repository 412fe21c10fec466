import { createSignal, For, Show } from "solid-js";
import type { CriterionRequest } from "../../../src/contract.ts";
import type { Project } from "../../../src/contract-access.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { CriterionForm } from "./criterion-form.tsx";
import { RefusalLine } from "./refusal-line.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { Section } from "./section.tsx";
import { changeProject } from "./settings-api.ts";
import { useSaving } from "./use-saving.ts";

const MOST = 10;

interface Removal {
  criterion: CriterionRequest;
  /** Its place in the list. */
  at: number;
}

/** Questions of the project's own. */
export function CriteriaSection(props: { project: Project }) {
  const [changing, setChanging] = createSignal<CriterionRequest | null>(null);
  const saving = useSaving(
    (criteria: CriterionRequest[]) => changeProject(props.project.project, { criteria }),
    {
      alters: ["projects", "session"],
      done: () => t().settings.saved,
      onDone: () => setChanging(null),
    },
  );
  const saved = () => props.project.criteria;
  const without = (name: string) => saved().filter((one) => one.name !== name);
  const removal = useSaving(
    ({ criterion }: Removal) =>
      changeProject(props.project.project, { criteria: without(criterion.name) }),
    {
      alters: ["projects", "session"],
      done: ({ criterion }) => t().settings.removed(criterion.name),
      onUndo: ({ criterion, at }) =>
        saving.mutate(without(criterion.name).toSpliced(at, 0, criterion)),
    },
  );

  /** In its place when it was there; its version rises with its words, so that two wordings are never mixed. */
  function keep(next: CriterionRequest): void {
    const before = saved().find(({ name }) => name === next.name);
    if (!before) {
      saving.mutate([...saved(), next]);
      return;
    }
    const isSame = before.text === next.text && before.kind === next.kind;
    const version = isSame ? before.version : before.version + 1;
    saving.mutate(saved().map((one) => (one === before ? { ...next, version } : one)));
  }

  return (
    <Section id="criteria" title={t().settings.criteria} text={t().settings.criteriaText}>
      <Show
        when={saved().length > 0}
        fallback={<p class="mt-4 text-soft">{t().settings.noCriteria}</p>}
      >
        <ul class="mt-4 divide-y divide-line border-y border-line">
          <For each={saved()}>
            {(criterion, at) => (
              <li class="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-3">
                <div class="min-w-0 flex-1 basis-72">
                  <p class="flex flex-wrap items-center gap-x-2">
                    <span class="font-medium break-words">{criterion.name}</span>
                    <span class="text-xs text-faint">
                      {t().settings.criterionKinds[criterion.kind]} ·{" "}
                      {t().settings.criterionVersion(formatCount(criterion.version))}
                    </span>
                  </p>
                  <p class="mt-0.5 text-sm break-words whitespace-pre-line text-soft">
                    {criterion.text}
                  </p>
                </div>
                <div class="flex gap-1">
                  <button
                    type="button"
                    class="button button-quiet"
                    aria-label={`${t().settings.change}: ${criterion.name}`}
                    onClick={() => setChanging(criterion)}
                  >
                    {t().settings.change}
                  </button>
                  <RemoveButton
                    name={criterion.name}
                    text={t().settings.removeCriterionText}
                    isBusy={saving.isPending || removal.isPending}
                    onRemove={() => removal.mutate({ criterion, at: at() })}
                  />
                </div>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={changing() !== null || saved().length < MOST}>
        {/* A form of its own for each criterion, and an empty one after each that was added. */}
        <Show when={`${saved().length} ${changing()?.name ?? ""}`} keyed>
          {(_key) => (
            <CriterionForm
              known={changing()}
              saving={saving}
              onKeep={keep}
              onCancel={() => setChanging(null)}
            />
          )}
        </Show>
      </Show>
      <Show when={removal.error}>{(error) => <RefusalLine error={error()} />}</Show>
      <Show when={saved().length >= MOST && saving.isError && saving.error}>
        {(error) => <RefusalLine error={error()} />}
      </Show>
    </Section>
  );
}
