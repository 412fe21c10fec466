import type { Accessor } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { isElsewhere, isLetterKey } from "../../kit/letter-keys.ts";
import { listen } from "../../kit/listen.ts";
import type { Selection } from "../../kit/lists/create-selection.ts";

interface ListKeys {
  listed: Accessor<readonly Job[]>;
  focusedId: Accessor<string | null>;
  selection: Selection;
  /** Scrolls so far that the card is in the page. */
  reveal: (at: number) => void;
  cardOf: (id: string) => HTMLElement | null;
}

/** `j` and `k` go from row to row, Enter opens, `x` ticks, with Shift a range, Escape unticks all. */
export function createListKeys(keys: ListKeys): void {
  listen(window, "keydown", (event) => {
    if (event.defaultPrevented || isMeantElsewhere(event)) return;
    if (event.key === "Escape" && keys.selection.ids().length > 0) keys.selection.clear();
    if (
      event.key === "Enter" &&
      event.target instanceof HTMLElement &&
      event.target.matches("article")
    ) {
      event.target.querySelector("a")?.click();
    }
    if (!isLetterKey(event)) return;
    const key = event.key.toLowerCase();
    if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "x") {
      const id = keys.focusedId();
      if (id !== null) keys.selection.toggle(id, event.shiftKey);
    }
  });

  function step(by: 1 | -1): void {
    const jobs = keys.listed();
    const now = jobs.findIndex((job) => job.job_id === keys.focusedId());
    const next = now < 0 ? firstOnScreen(jobs) : now + by;
    const job = jobs[next];
    if (!job) return;
    keys.reveal(next);
    // A card far away is drawn with the next frames only.
    focusSoon(() => keys.cardOf(job.job_id), 5);
  }

  function firstOnScreen(jobs: readonly Job[]): number {
    const at = jobs.findIndex((job) => {
      const card = keys.cardOf(job.job_id);
      return card !== null && card.getBoundingClientRect().top >= 0;
    });
    return Math.max(0, at);
  }
}

function focusSoon(find: () => HTMLElement | null, frames: number): void {
  const card = find();
  if (card) {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  } else if (frames > 0) requestAnimationFrame(() => focusSoon(find, frames - 1));
}

/** With a dialog open the list rests, wherever the focus is. */
function isMeantElsewhere({ target }: KeyboardEvent): boolean {
  return (
    isElsewhere(target) || document.querySelector("[role=dialog], [role=alertdialog]") !== null
  );
}

/** The job whose card holds an element. */
export function jobOf(target: EventTarget | null): string | null {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-job]") : null;
  return row?.dataset.job ?? null;
}
