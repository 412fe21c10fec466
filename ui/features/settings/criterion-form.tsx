import { createSignal, Show } from "solid-js";
import type { CriterionRequest } from "../../../src/contract/score-request.ts";
import { t } from "../../i18n/translate.ts";
import { Labelled, TextLine } from "../../kit/fields.tsx";
import { Select } from "../../kit/select.tsx";
import type { Saving } from "../../kit/use-saving.ts";
import { SettingsForm } from "./parts.tsx";

const KINDS = ["yes_no", "scale"] as const;
/** As in the contract; the browser anchors it. */
const NAME_PATTERN = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_\\-]*";

/** A new criterion, or other words for a known one; its name is how workflows call it and stays. */
export function CriterionForm(props: {
  known: CriterionRequest | null;
  saving: Saving<CriterionRequest[]>;
  onKeep: (criterion: CriterionRequest) => void;
  onCancel: () => void;
}) {
  // One form a criterion: who uses this makes it anew for another.
  const start = props.known;
  const [name, setName] = createSignal(start?.name ?? "");
  const [text, setText] = createSignal(start?.text ?? "");
  const [kind, setKind] = createSignal<CriterionRequest["kind"]>(start?.kind ?? "yes_no");
  return (
    <SettingsForm
      title={start ? t().settings.changeCriterion(start.name) : t().settings.addCriterion}
      submit={start ? t().settings.save : t().settings.add}
      saving={props.saving}
      isReady={name().trim() !== "" && text().trim() !== ""}
      onSubmit={() =>
        props.onKeep({
          name: name().trim(),
          text: text().trim(),
          kind: kind(),
          version: start?.version ?? 1,
        })
      }
    >
      <div class="grid gap-4 sm:grid-cols-2">
        <TextLine
          id="criterion-name"
          label={t().settings.criterionName}
          help={t().settings.criterionNameHelp}
          required
          readonly={start !== null}
          maxlength={64}
          pattern={NAME_PATTERN}
          title={t().settings.criterionNameHelp}
          autocomplete="off"
          value={name()}
          onText={setName}
        />
        <Labelled for="criterion-kind" label={t().settings.criterionKind}>
          <Select
            id="criterion-kind"
            chosen={kind()}
            options={KINDS.map((one) => [one, t().settings.criterionKinds[one]])}
            onChoose={setKind}
          />
        </Labelled>
      </div>
      <Labelled for="criterion-text" label={t().settings.criterionQuestion}>
        <textarea
          id="criterion-text"
          class="field field-sizing-content min-h-20 resize-y"
          rows={2}
          required
          maxlength={2000}
          placeholder={t().settings.criterionPlaceholder}
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </Labelled>
      <Show when={start}>
        <button
          type="button"
          class="button button-quiet justify-self-start"
          onClick={() => props.onCancel()}
        >
          {t().app.cancel}
        </button>
      </Show>
    </SettingsForm>
  );
}
