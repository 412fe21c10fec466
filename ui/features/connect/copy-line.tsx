import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { CopyButton } from "../../kit/copy-button.tsx";

/** A name and a value to paste elsewhere. */
export function CopyLine(props: {
  name: string;
  value: string;
  /** Shown in front, not copied. */
  before?: string;
  /** Name and value side by side. */
  inRow?: boolean;
  /** Not for copying as it stands. */
  isPlain?: boolean;
}) {
  return (
    <div classList={{ "grid grid-cols-[6.5rem_minmax(0,1fr)] items-center": props.inRow }}>
      <dt class="text-faint" classList={{ "font-mono text-[0.8125rem]": props.inRow }}>
        {props.name}
      </dt>
      <dd
        class="flex items-center gap-2 rounded-field bg-raised py-1 pr-1 pl-3 font-mono text-[0.8125rem]"
        classList={{ "mt-1": !props.inRow }}
      >
        <Show when={props.before}>
          <span class="text-faint">{props.before}</span>
        </Show>
        <span class="min-w-0 flex-1 py-1 break-all">{props.value}</span>
        <Show when={!props.isPlain}>
          <CopyButton
            text={props.value}
            class="button button-quiet min-h-7 px-2 font-sans text-xs"
            name={`${t().app.copy}: ${props.name}`}
          />
        </Show>
      </dd>
    </div>
  );
}
