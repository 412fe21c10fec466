import type { RunRow } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { runName } from "./run-name.tsx";
import type { RunView } from "./run-view.ts";

/** Makes a run the one the others are measured against, or takes that back. */
export function BaseButton(props: { run: RunRow; view: RunView }) {
  const isBase = () => props.view.base?.run_id === props.run.run_id;
  const text = () => (isBase() ? t().compare.base : t().runs.versus.make);
  return (
    <button
      type="button"
      class="rounded-full border px-2 py-0.5 text-xs print:hidden"
      classList={{
        "border-accent-fill bg-accent-wash font-medium text-accent": isBase(),
        "border-line text-soft hover:border-line-strong hover:text-ink": !isBase(),
      }}
      aria-pressed={isBase()}
      aria-label={t().runs.versus.choose(text(), runName(props.run))}
      onClick={() => props.view.onBase(isBase() ? null : props.run)}
    >
      {text()}
    </button>
  );
}
