import { type JSX, Show, splitProps } from "solid-js";
import { t } from "../i18n/translate.ts";
import { Icon } from "./icon.tsx";

/** A field of a form: its name above, what to know below. */
export function Labelled(props: {
  for: string;
  label: JSX.Element;
  help?: JSX.Element;
  class?: string;
  children: JSX.Element;
}) {
  return (
    <div class={props.class}>
      <label for={props.for} class="mb-1 block text-sm font-medium">
        {props.label}
      </label>
      {props.children}
      <Show when={props.help}>
        <p id={`${props.for}-help`} class="mt-1 text-xs text-soft">
          {props.help}
        </p>
      </Show>
    </div>
  );
}

type InputProps = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "id" | "onInput"> & {
  id: string;
  label: JSX.Element;
  help?: JSX.Element;
  /** Classes of the whole. */
  around?: string;
  onText?: (text: string) => void;
};

/** A labelled line to type in. */
export function TextLine(props: InputProps) {
  const [own, input] = splitProps(props, ["label", "help", "around", "onText"]);
  return (
    <Labelled for={props.id} label={own.label} help={own.help} class={own.around}>
      <input
        class="field"
        aria-describedby={own.help ? `${props.id}-help` : undefined}
        {...input}
        onInput={(event) => own.onText?.(event.currentTarget.value)}
      />
    </Labelled>
  );
}

/** A file to choose, in the page's own words; the browser's would be in the browser's language. */
export function FileLine(props: {
  id: string;
  label: JSX.Element;
  help: JSX.Element;
  /** Its name. */
  chosen?: string;
  disabled?: boolean;
  onFile: (file: File) => void;
}) {
  return (
    <div>
      <p class="mb-1 text-sm font-medium" id={`${props.id}-label`}>
        {props.label}
      </p>
      <label class="button max-w-full cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-(--focus)">
        <Icon name="download" class="rotate-180" />
        <span class="truncate">{props.chosen ?? t().app.chooseFile}</span>
        <input
          id={props.id}
          type="file"
          class="sr-only"
          aria-labelledby={`${props.id}-label`}
          aria-describedby={`${props.id}-help`}
          disabled={props.disabled}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) props.onFile(file);
            currentTarget.value = "";
          }}
        />
      </label>
      <p id={`${props.id}-help`} class="mt-1 text-xs text-soft">
        {props.help}
      </p>
    </div>
  );
}

/** What an input for a value of a metric, 0 to 1, is given. */
export const SCORE_FIELD = {
  type: "number",
  min: "0",
  max: "1",
  step: "0.01",
  inputmode: "decimal",
  required: true,
} as const;
