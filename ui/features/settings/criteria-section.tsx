import { createSignal, Show } from "solid-js";
import type { Project } from "../../../src/contract/access.ts";
import type { CriterionRequest } from "../../../src/contract/score-request.ts";
import { t } from "../../i18n/translate.ts";
import { ConfirmButton } from "../../kit/confirm-button.tsx";
import { formatCount } from "../../kit/format.ts";
import { useSaving } from "../../kit/use-saving.ts";
import { CriterionForm } from "./criterion-form.tsx";
import { RefusalLine, Row, Rows, Section } from "./parts.tsx";
import { changeProject } from "./settings-api.ts";

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
      <Rows each={saved()} none={t().settings.noCriteria}>
        {(criterion, at) => (
          <Row
            actions={
              <div class="flex gap-1">
                <button
                  type="button"
                  class="button button-quiet"
                  aria-label={`${t().settings.change}: ${criterion.name}`}
                  onClick={() => setChanging(criterion)}
                >
                  {t().settings.change}
                </button>
                <ConfirmButton
                  label={t().settings.remove}
                  name={criterion.name}
                  title={t().settings.removeTitle(criterion.name)}
                  text={t().settings.removeCriterionText}
                  isBusy={saving.isPending || removal.isPending}
                  onConfirm={() => removal.mutate({ criterion, at: at() })}
                />
              </div>
            }
          >
            <p class="flex flex-wrap items-center gap-x-2">
              <span class="font-medium break-words">{criterion.name}</span>
              <span class="text-xs text-faint">
                {t().settings.criterionKinds[criterion.kind]} ·{" "}
                {t().settings.criterionVersion(formatCount(criterion.version))}
              </span>
            </p>
            <p class="mt-0.5 text-sm break-words whitespace-pre-line text-soft">{criterion.text}</p>
          </Row>
        )}
      </Rows>
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
      <RefusalLine error={removal.error ?? (saved().length >= MOST ? saving.error : null)} />
    </Section>
  );
}
