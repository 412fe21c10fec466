import type { Run } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { runName } from "./run-name.tsx";

/** Which runs of the list are chosen for a comparison. */
export interface RunChoice {
  isChosen: (run: Run) => boolean;
  toggle: (run: Run) => void;
}

export function ChooseRun(props: { run: Run; choice: RunChoice }) {
  return (
    <input
      type="checkbox"
      class="mt-1 size-4 shrink-0 accent-accent-fill print:hidden"
      aria-label={t().compare.choose(runName(props.run))}
      checked={props.choice.isChosen(props.run)}
      onChange={() => props.choice.toggle(props.run)}
    />
  );
}
