import type { RunRow } from "../../../src/contract.ts";
import type { GateRule } from "../../../src/scoring/gate-rules.ts";
import type { Sorting } from "./runs-view.ts";

/** How runs are shown, by table and cards alike. */
export interface RunView {
  metrics: readonly string[];
  rules: readonly GateRule[];
  /** The run the others are measured against. */
  base: RunRow | null;
  sorting: Sorting;
  onBase: (run: RunRow | null) => void;
  onSort: (by: string) => void;
}
