import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";

/** A labelled box that grows with its text and says below what is wrong with it. */
export function TextField(props: {
  id: string;
  label: string;
  help?: string;
  value: string;
  rows: number;
  isOptional?: boolean;
  problem?: string;
  onText: (text: string) => void;
  onLeave?: () => void;
}) {
  const helpId = () => (props.help ? `${props.id}-help` : "");
  const problemId = () => (props.problem ? `${props.id}-problem` : "");
  return (
    <div>
      <label for={props.id} class="block font-medium">
        {props.label}
        <Show when={props.isOptional}>
          <span class="ml-2 text-xs font-normal text-faint">{t().submission.optional}</span>
        </Show>
      </label>
      <Show when={props.help}>
        <p id={helpId()} class="text-sm text-faint">
          {props.help}
        </p>
      </Show>
      <textarea
        id={props.id}
        class="field mt-1.5 field-sizing-content max-h-96 resize-y"
        style={{ "min-height": `${props.rows * 1.55 + 1.1}em` }}
        value={props.value}
        aria-invalid={props.problem !== undefined}
        aria-describedby={`${helpId()} ${problemId()}`.trim() || undefined}
        onInput={(event) => props.onText(event.currentTarget.value)}
        onBlur={() => props.onLeave?.()}
      />
      <Show when={props.problem}>
        <p id={problemId()} class="mt-1 text-sm text-bad">
          {props.problem}
        </p>
      </Show>
    </div>
  );
}
