import { createSignal } from "solid-js";
import type { Trouble } from "../../src/contract/service.ts";

const [trouble, setTrouble] = createSignal<Trouble | null>(null);

export { trouble };

let toldAtMs = 0;

/** What an answer said besides, whoever asked for it; it need not be asked for again so soon. */
export function noteTrouble(told: Trouble | null | undefined): void {
  if (told === undefined) return;
  toldAtMs = Date.now();
  setTrouble((known) => (JSON.stringify(known) === JSON.stringify(told) ? known : told));
}

export function msSinceTold(): number {
  return Date.now() - toldAtMs;
}
